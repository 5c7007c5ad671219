// `npm run check`: everything that needs no database, no browser and no build, two at a time. One line a check; what a failing
// check said comes below its line. Caches lie in .local/.
import { spawn } from "node:child_process";
import path from "node:path";
import { generateClient } from "./generate.mjs";
import { root } from "./root.mjs";

const bin = (file) => [process.execPath, path.join(root, "node_modules", file)];
const cached = (name) => path.join(root, ".local", name);

/** The longest first, so that the short ones fill the other core. */
const checks = [
  [
    "formatting",
    ...bin("prettier/bin/prettier.cjs"),
    "--check",
    ".",
    "--log-level=warn",
    "--cache",
    "--cache-strategy=content",
    `--cache-location=${cached("prettier")}`,
  ],
  ["lint", ...bin("oxlint/bin/oxlint")],
  // The compiler written in Go: a third of the time. The other TypeScript is for tools that read code by its API.
  ["types", ...bin("typescript-7/bin/tsc"), "--noEmit"],
  // Without its cache, which keeps what it once failed to resolve.
  ["unused code", ...bin("knip/bin/knip.js"), "--no-progress"],
  ["architecture", process.execPath, path.join(root, "scripts/check-architecture.mjs")],
  ["schema", ...bin("prisma/build/index.js"), "validate"],
];

generateClient(root);
const started = performance.now();
const waiting = [...checks];
const failed = [];
await Promise.all([worker(), worker()]);
console.log(
  failed.length > 0 ? `Failed: ${failed.join(", ")}.` : `All ${checks.length} checks pass (${seconds(started)}).`,
);
process.exit(failed.length > 0 ? 1 : 0);

async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, command, ...args] = next;
    const start = performance.now();
    const { ok, said } = await run(command, args);
    console.log(`${ok ? "✓" : "✗"} ${name.padEnd(14)} ${seconds(start)}`);
    if (ok) continue;
    failed.push(name);
    console.log(said.trim());
  }
}

function run(command, args) {
  return new Promise((done) => {
    // Prisma looks for an engine to download before any command, unless it is told that it has one.
    const env = {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      FORCE_COLOR: "0",
    };
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.once("error", (error) => done({ ok: false, said: `${said}\n${error.message}` }));
    child.once("close", (code) => done({ ok: code === 0, said }));
  });
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
