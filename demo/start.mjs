// `npm run demo` and `npm run dev`: CloudGuard in a world of its own. Plain JavaScript, so that it can say what is missing.
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`CloudGuard needs Node 20.19 or later; this is ${process.versions.node}.`);
if (!existsSync(path.join(root, "node_modules/tsx"))) fail("Run npm ci first.");
const { loadDotEnv } = await import("../scripts/root.mjs");
loadDotEnv();

// Before anything reads it: made beside the other parts, one of them may find it half-written.
const { generateClient } = await import("../scripts/generate.mjs");
try {
  generateClient(root);
} catch (error) {
  fail(error.message);
}

const { register } = await import("tsx/esm/api");
register();
const { readCommandLine } = await import("./command-line.ts");
const { runDemo } = await import("./run.ts");
try {
  await runDemo(readCommandLine(process.argv.slice(2)));
  process.exit(0);
} catch (error) {
  fail(error.message);
}

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}
