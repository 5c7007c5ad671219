import { clerkMode } from "./clerk-mode";
import { answerClientErrors } from "./client-errors";
import { disconnect } from "./db/client";
import { databaseBinds } from "./db/database-binds";
import { env } from "./env";
import { completeAnswers } from "./http-answers";
import { measureHttp } from "./http-metrics";
import { runWorker } from "./jobs/worker";
import { log, logConsole } from "./log";
import { exitOnSignals } from "./shutdown";
import { endTracing, startTracing } from "./tracing";

/**
 * What a web process does before it serves. It ends with one line where it may not serve, so that whoever runs it sees a
 * process that does not start and not one that answers 500. On Vercel the cron route ticks instead of a worker of its own.
 */
export async function startServer(): Promise<void> {
  if (process.env.NODE_ENV === "production") logConsole();
  try {
    clerkMode(process.env);
    env();
    await startTracing();
    await databaseBinds();
  } catch (error) {
    log.fatal(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  completeAnswers();
  answerClientErrors();
  measureHttp();
  if (process.env.VERCEL) return;
  // Left to itself Next exits as soon as its requests are answered, and the worker's leases would have to run out.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) exitOnSignals(() => Promise.all([endTracing(), disconnect()]));
  if (env().WORKER === "off") return;
  runWorker().catch((error: unknown) => log.fatal({ err: error }, "the worker ended"));
}
