import type { Page } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../demo/free-port";
import { localSecrets, type LocalSecrets } from "../demo/local-secrets";
import { localThroughout } from "../demo/settings";

const root = path.resolve(import.meta.dirname, "..");
/** Where the demo of the journeys keeps its state. */
export const demoFolder = path.join(root, ".local/e2e");
const recordIn = (folder: string) => path.join(folder, "demo.json");
/** A first build on a busy machine takes most of it. */
const readyWithinMs = 600_000;

/** Where the parts of the demo's world listen. */
export interface DemoAddresses {
  app: string;
  aws: string;
  clerk: string;
  databaseUrl: string;
  pid: number;
}

/** Starts the demo for the journeys, in a folder of its own so that a person's demo stays as it is; returns its end. */
export default async function startWorld(): Promise<() => Promise<unknown>> {
  // Journeys are quicker than people.
  const env = { ...process.env, CLOUDGUARD_LOCAL_DIR: demoFolder, RATE_LIMIT_COSTLY_PER_MINUTE: "1000" };
  const { end } = await startDemo({ cwd: root, folder: demoFolder, env, args: ["--reset"] });
  return end;
}

/** Starts the demo of the clone at `cwd`, which keeps its state in `folder`, and waits until it is ready. */
export async function startDemo({ cwd, folder, env, args = [] }: DemoPlace): Promise<RunningDemo> {
  mkdirSync(folder, { recursive: true });
  rmSync(recordIn(folder), { force: true });
  const log = path.join(folder, "demo.log");
  const out = openSync(log, "w");
  const demo = spawn(process.execPath, ["demo/start.mjs", "--port", String(await freePort()), ...args], {
    cwd,
    // A journey connects and disconnects: never in a person's own database or AWS.
    env: localThroughout(env) as NodeJS.ProcessEnv,
    stdio: ["ignore", out, out],
  });
  try {
    await ready(demo, folder);
  } catch (error) {
    await end(demo);
    throw new Error(`The demo did not start:\n${readFileSync(log, "utf8").slice(-4000)}`, { cause: error });
  }
  return { addresses: demoAddresses(folder), end: () => end(demo) };
}

interface DemoPlace {
  cwd: string;
  folder: string;
  env: NodeJS.ProcessEnv;
  args?: string[];
}

export interface RunningDemo {
  addresses: DemoAddresses;
  /** Stops it as Ctrl-C does; resolves to its exit code. */
  end(): Promise<number | null>;
}

/** What the running demo wrote of itself. */
export function demoAddresses(folder = demoFolder): DemoAddresses {
  return JSON.parse(readFileSync(recordIn(folder), "utf8")) as DemoAddresses;
}

/** What the demo made for itself: the stand-in's keys. */
export function demoSecrets(): LocalSecrets {
  return localSecrets(demoFolder);
}

/** The stand-in's secret key, as a server of ours would know it. */
export function clerkSecretKey(): string {
  return demoSecrets().clerkSecretKey;
}

/** Signs in by a ticket of Clerk's Backend API, as a server of ours would hand out. */
export async function signIn(page: Page, userId: string): Promise<void> {
  const response = await fetch(`${demoAddresses().clerk}/v1/sign_in_tokens`, {
    method: "POST",
    headers: { authorization: `Bearer ${clerkSecretKey()}`, "content-type": "application/json" },
    body: JSON.stringify({ user_id: userId }),
  });
  if (!response.ok) throw new Error(`No ticket for ${userId}: ${response.status} ${await response.text()}`);
  const { token } = (await response.json()) as { token: string };
  await page.goto(`/sign-in?__clerk_ticket=${encodeURIComponent(token)}`);
  await page.waitForURL(/\/overview/);
}

async function ready(demo: ChildProcess, folder: string): Promise<void> {
  const isReady = async () => existsSync(recordIn(folder)) && (await isHealthy(folder));
  for (const until = Date.now() + readyWithinMs; !(await isReady()); await delay(250)) {
    if (demo.exitCode !== null || demo.signalCode)
      throw new Error(`It ended with ${demo.signalCode ?? `code ${demo.exitCode}`}.`);
    if (Date.now() > until) throw new Error(`It was not ready within ${readyWithinMs / 1000} s.`);
  }
}

async function isHealthy(folder: string): Promise<boolean> {
  try {
    return (await fetch(`${demoAddresses(folder).app}/api/health`)).ok;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return false; // not listening, or the record half-written
    throw error;
  }
}

function end(demo: ChildProcess): Promise<number | null> {
  if (demo.exitCode !== null || demo.signalCode) return Promise.resolve(demo.exitCode);
  return new Promise((done) => {
    demo.once("exit", done);
    demo.kill("SIGINT");
  });
}
