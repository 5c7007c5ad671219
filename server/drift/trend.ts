/** Pure: how many stacks were drifted at the end of each of the last days. */
import type { DriftVerdict, TrendDay } from "./views";

/** A detection that ended with a verdict. */
export interface Ended {
  stackId: string;
  completedAt: Date;
  verdict: DriftVerdict;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * One entry a UTC day, the oldest first, up to the day of `now`. A stack counts with its last detection by then; one that no
 * detection had seen counts as not checked. `stacks` are the ids of those that there are now.
 */
export function trendOf(stacks: string[], detections: Ended[], now: Date, days = 30): TrendDay[] {
  const inOrder = [...detections].sort((a, b) => a.completedAt.getTime() - b.completedAt.getTime());
  const verdicts = new Map<string, DriftVerdict>();
  const known = new Set(stacks);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  let at = 0;
  return Array.from({ length: days }, (_, index) => {
    const day = today - (days - 1 - index) * DAY_MS;
    for (; at < inOrder.length && inOrder[at]!.completedAt.getTime() < day + DAY_MS; at++) {
      const { stackId, verdict } = inOrder[at]!;
      if (known.has(stackId)) verdicts.set(stackId, verdict);
    }
    const count = (...some: DriftVerdict[]) =>
      [...verdicts.values()].filter((verdict) => some.includes(verdict)).length;
    const [drifted, inSync] = [count("DRIFTED"), count("IN_SYNC")];
    return {
      day: new Date(day).toISOString().slice(0, 10),
      drifted,
      inSync,
      other: verdicts.size - drifted - inSync,
      notChecked: known.size - verdicts.size,
    };
  });
}
