import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { appEnv } from "../demo/app-env";
import { freePort } from "../demo/free-port";
import { localSecrets } from "../demo/local-secrets";
import { chooseWorld } from "../demo/settings";
import { demoAddresses } from "./world";

const root = path.resolve(import.meta.dirname, "..");
const copy = path.join(root, ".local/e2e/without-middleware");
const noMiddleware = { version: 3, middleware: {}, functions: {}, sortedMiddleware: [] };

/** The same build on the same database, with its middleware taken out: as a bypass of it would leave the server. */
export async function startWithoutMiddleware(): Promise<{ origin: string; stop(): Promise<void> }> {
  rmSync(copy, { recursive: true, force: true });
  // Hard links: the copy takes no room, and a file that is replaced below is replaced here alone.
  const { status } = spawnSync("cp", ["-al", path.join(root, ".next/standalone"), copy]);
  if (status !== 0) throw new Error(`The build could not be copied to ${copy}.`);
  const manifest = path.join(copy, ".next/server/middleware-manifest.json");
  rmSync(manifest);
  writeFileSync(manifest, JSON.stringify(noMiddleware));

  const { app, aws, clerk, databaseUrl } = demoAddresses();
  const secrets = localSecrets(path.join(root, ".local/e2e"));
  const env = appEnv(process.env, chooseWorld(process.env), secrets, { app, aws, clerk, databaseUrl });
  const port = await freePort();
  const server = spawn(process.execPath, ["server.js"], {
    cwd: copy,
    env: {
      ...env,
      NODE_ENV: "production",
      PORT: String(port),
      HOSTNAME: "localhost",
      WORKER: "off",
    } as NodeJS.ProcessEnv,
    stdio: "ignore",
  });
  const origin = `http://localhost:${port}`;
  for (const until = Date.now() + 60_000; !(await answers(`${origin}/api/health`)); await delay(200))
    if (Date.now() > until || server.exitCode !== null) throw new Error("The server without middleware did not start.");
  const stop = () =>
    new Promise<void>((done) => {
      server.once("exit", () => done());
      server.kill("SIGTERM");
    });
  return { origin, stop };
}

/** Every route that was built, with its parameters filled in. */
export function builtRoutes(fill: Record<string, string>): string[] {
  const manifest = readFileSync(path.join(root, ".next/app-path-routes-manifest.json"), "utf8");
  const routes = Object.values(JSON.parse(manifest) as Record<string, string>);
  return routes.map((route) =>
    route
      .replaceAll(/\/\[\[\.\.\.[^\]]+\]\]/g, "")
      .replaceAll(/\[([^\]]+)\]/g, (_whole, name: string) => fill[name] ?? "x"),
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false; // not listening yet
    throw error;
  }
}
