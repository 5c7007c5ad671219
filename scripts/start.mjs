// `npm start`: the production server, from the build that `npm run build` made.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { missingSettings } from "./required-settings.mjs";
import { loadDotEnv, root } from "./root.mjs";

loadDotEnv();
const missing = missingSettings(process.env);
if (missing.length > 0)
  fail(
    `CloudGuard does not start without its settings. Missing: ${missing.join(", ")}. See .env.example, or run npm run demo, which needs none.`,
  );
const folder = path.join(root, ".next/standalone");
if (!existsSync(path.join(folder, "server.js"))) fail("There is no build yet. Run npm run build first.");

const server = spawn(process.execPath, ["server.js"], {
  cwd: folder,
  stdio: "inherit",
  env: {
    ...process.env,
    NODE_ENV: "production",
    AWS_REGION: process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION,
    // Next's server reads HOSTNAME, which many systems set to the machine's own name; we ask for HOST.
    // And by name: it takes 127.0.0.1 in a middleware's answer for another host, and would proxy to itself.
    HOSTNAME: process.env.HOST === "127.0.0.1" ? "localhost" : process.env.HOST || "0.0.0.0",
    PORT: process.env.PORT || "3000",
    // The server ends in its own order: requests answered, leases handed back, then the pool.
    NEXT_MANUAL_SIG_HANDLE: "true",
  },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)));

function fail(message) {
  console.error(message);
  process.exit(1);
}
