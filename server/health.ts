import { backlog } from "./db/backlog";
import { appliedMigrations, databaseAnswers } from "./db/client";
import { pendingMigrations } from "./db/pending-migrations";
import { keptFor } from "./kept-for";
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
  /** Those that this version brings and the database has not seen; null where it did not answer. */
  pendingMigrations: string[] | null;
  /** The job whose oldest due row waits longest, and for how long. Told, and never a reason not to serve: more workers are. */
  oldestOverdue: { job: string; seconds: number } | null;
}

/** Whether requests should come to this process. */
export async function readiness(): Promise<Readiness> {
  const nothing = { isReady: false, pendingMigrations: null, oldestOverdue: null };
  if (stopping().aborted) return { ...nothing, status: "stopping" };
  if (!(await databaseAnswers())) return { ...nothing, status: "database unreachable" };
  const pending = pendingMigrations(await appliedMigrations());
  if (pending.length > 0) return { ...nothing, status: "migrations pending", pendingMigrations: pending };
  const [oldest] = (await backlog()).sort((a, b) => b.overdueSeconds - a.overdueSeconds);
  return {
    isReady: true,
    status: "ready",
    pendingMigrations: [],
    oldestOverdue: oldest && oldest.due > 0 ? { job: oldest.job, seconds: Math.round(oldest.overdueSeconds) } : null,
  };
}

const KEPT_MS = 1_000;
/** The same, looked at once a second at most: anybody may ask, and as often as they like. */
export const healthForAnybody = keptFor(KEPT_MS, health);
export const readinessForAnybody = keptFor(KEPT_MS, readiness);
