/** Pure: what is new between two looks at the latest syncs. */
import type { Sync } from "@/components/accounts/sync-words";

type Seen = Pick<Sync, "runId" | "state" | "trigger">;

export interface SyncNews<S extends Seen> {
  hasBegun: boolean;
  hasEnded: boolean;
  /** Those that ended and that somebody had asked for and was seen waiting for: news worth saying. */
  asked: S[];
}

/** `before` is null at the first look, which has no news: the page came with what it shows. */
export function syncNews<S extends Seen>(before: Seen[] | null, now: S[]): SyncNews<S> {
  if (!before) return { hasBegun: false, hasEnded: false, asked: [] };
  const running = idsOf(before.filter(isRunning));
  const over = idsOf(before.filter((sync) => !isRunning(sync)));
  const ended = now.filter((sync) => !isRunning(sync) && !over.has(sync.runId));
  return {
    hasBegun: now.some((sync) => isRunning(sync) && !running.has(sync.runId)),
    hasEnded: ended.length > 0,
    asked: ended.filter(({ runId, trigger }) => trigger !== "SCHEDULE" && running.has(runId)),
  };
}

const isRunning = ({ state }: Seen) => state === "RUNNING";
const idsOf = (syncs: Seen[]) => new Set(syncs.map(({ runId }) => runId));
