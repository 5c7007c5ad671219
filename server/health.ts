import { backlog } from "./db/backlog";
import { appliedMigrations, databaseAnswers } from "./db/client";
import { pendingMigrations } from "./db/pending-migrations";
import { keptFor } from "./kept-for";
import { log } from "./log";
import { perProcess } from "./per-process";
import { stopping } from "./shutdown";

/** Whether this process can serve: it can as long as its database answers. */
export async function health(): Promise<{
  isHealthy: boolean;
  status: "ok" | "unavailable";
  database: "ok" | "unreachable";
}> {
  const answers = await databaseAnswers();
  return { isHealthy: answers, status: answers ? "ok" : "unavailable", database: answers ? "ok" : "unreachable" };
}

export interface Readiness {
  isReady: boolean;
  status: "ready" | "stopping" | "database unreachable" | "migrations pending";
  /** The job whose oldest due row waits longest, and for how long. Told, and never a reason not to serve: more workers are. */
  oldestOverdue: { job: string; seconds: number } | null;
}

/** Whether requests should come to this process. */
export async function readiness(): Promise<Readiness> {
  const nothing = { isReady: false, oldestOverdue: null };
  if (stopping().aborted) return { ...nothing, status: "stopping" };
  if (!(await databaseAnswers())) return { ...nothing, status: "database unreachable" };
  const pending = pendingMigrations(await appliedMigrations());
  tellPending(pending);
  if (pending.length > 0) return { ...nothing, status: "migrations pending" };
  const [oldest] = (await backlog()).sort((a, b) => b.overdueSeconds - a.overdueSeconds);
  return {
    isReady: true,
    status: "ready",
    oldestOverdue: oldest && oldest.due > 0 ? { job: oldest.job, seconds: Math.round(oldest.overdueSeconds) } : null,
  };
}

const told = perProcess("pendingMigrations", () => ({ names: "" }));

/** Anybody may ask whether we are ready: the names are for the log alone, and once. */
function tellPending(pending: string[]): void {
  const names = pending.join(", ");
  if (names && names !== told.names)
    log.warn({ pending }, "not ready: the database has not seen these migrations; run npm run db:migrate");
  told.names = names;
}

const KEPT_MS = 1_000;
/** The same, looked at once a second at most: anybody may ask, and as often as they like. */
export const healthForAnybody = keptFor(KEPT_MS, health);
export const readinessForAnybody = keptFor(KEPT_MS, readiness);
