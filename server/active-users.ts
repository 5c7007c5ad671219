import { metrics } from "./metrics";
import { perProcess } from "./per-process";

const WINDOW_MS = 15 * 60_000;

/** When each person was last seen by this process. Ids stay in memory: the metric is their number. */
const seen = perProcess("activeUsers", () => new Map<string, number>());

/** Remembers that a person called at `now`, a time of Date.now(). */
export function sawUser(clerkUserId: string, now = Date.now()): void {
  seen.set(clerkUserId, now);
}

/** Brings the gauge to the people of the last 15 minutes, and forgets the others. */
export function countActiveUsers(now = Date.now()): number {
  for (const [id, at] of seen) if (now - at > WINDOW_MS) seen.delete(id);
  metrics.activeUsers.set(seen.size);
  return seen.size;
}
