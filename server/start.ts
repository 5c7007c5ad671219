import { clerkMode } from "./clerk-mode";
import { assertRowSecurityBinds } from "./db/client";
import { env } from "./env";
import { runWorker } from "./jobs/worker";
import { log } from "./log";

/** What a web process does before it serves. On Vercel the cron route ticks instead of a worker of its own. */
export async function startServer(): Promise<void> {
  clerkMode(process.env);
  const { WORKER } = env();
  await assertRowSecurityBinds();
  if (WORKER === "off" || process.env.VERCEL) return;
  const stop = new AbortController();
  process.once("SIGTERM", () => stop.abort());
  process.once("SIGINT", () => stop.abort());
  runWorker(stop.signal).catch((error: unknown) => log.fatal({ err: error }, "the worker ended"));
}
