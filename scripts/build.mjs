// The production build: the standalone server with its static files, and the worker, the migrations and the tenants' deletion as bundles.
// `--if-changed` keeps a build whose sources, lock file and public settings are the same; `--app-only` leaves out the bundles,
// `--bundles-only` makes nothing else.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateClient } from "./generate.mjs";
import { root } from "./root.mjs";
import { sourcesHash } from "./sources-hash.mjs";

const record = path.join(root, ".local/build.json");
const standalone = path.join(root, ".next/standalone");

// Packages written for CommonJS find what they expect inside the bundles.
const commonJs = `import { createRequire as __createRequire } from "node:module"; import { fileURLToPath as __toPath } from "node:url"; import { dirname as __dirnameOf } from "node:path"; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);`;

generateClient(root);
const hash = sourcesHash(root, process.env);
if (!process.argv.includes("--bundles-only")) {
  if (process.argv.includes("--if-changed") && builtHash() === hash) console.log("The build is up to date.");
  else buildApp();
}
if (!process.argv.includes("--app-only")) await bundle();

function builtHash() {
  return existsSync(path.join(standalone, "server.js")) && existsSync(record)
    ? JSON.parse(readFileSync(record, "utf8")).hash
    : undefined;
}

function buildApp() {
  rmSync(record, { force: true });
  const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) process.exit(status ?? 1);
  // The standalone server serves these itself, but Next leaves copying them to whoever deploys.
  cpSync(path.join(root, ".next/static"), path.join(standalone, ".next/static"), { recursive: true });
  if (existsSync(path.join(root, "public")))
    cpSync(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
  // Next copies .env along: settings belong to the machine that runs the server, not to the build.
  for (const file of [".env", ".env.local", ".env.production", ".env.production.local"])
    rmSync(path.join(standalone, file), { force: true });
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ hash }));
}

/** The other programs, each whole in itself: the image needs Node and dist/, and no node_modules for them. */
async function bundle() {
  const esbuild = await import("esbuild");
  const outdir = path.join(root, "dist");
  rmSync(outdir, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      worker: "server/jobs/worker-main.ts",
      migrate: "server/db/migrate-main.ts",
      "erase-tenant": "server/db/erase-tenant-main.ts",
    },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is imported when first needed (AWS's clients, tracing) stays a file of its own.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    platform: "node",
    format: "esm",
    // Their ES modules: esbuild cannot see the names that some CommonJS builds only pass on.
    mainFields: ["module", "main"],
    target: "node20",
    minifySyntax: true,
    // pg asks for it and does without.
    external: ["pg-native"],
    banner: { js: commonJs },
    logLevel: "warning",
  });
  cpSync(
    path.join(root, "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"),
    path.join(outdir, "schema_engine_bg.wasm"),
  );
  console.log("Bundled dist/worker.mjs, dist/migrate.mjs and dist/erase-tenant.mjs.");
}
