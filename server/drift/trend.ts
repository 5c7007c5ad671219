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
 * One entry a UTC day, the oldest first, up to the day of `now`. A stack counts with its last detection by then, which one that
 * no detection had seen has not; today it counts as it stands now, under today's rules. `stacks` are those that there are now.
 */
export function trendOf(
  stacks: { id: string; verdict: DriftVerdict }[],
  detections: Ended[],
  now: Date,
  days = 30,
): TrendDay[] {
  const inOrder = [...detections].sort((a, b) => a.completedAt.getTime() - b.completedAt.getTime());
  const verdicts = new Map<string, DriftVerdict>(stacks.map(({ id }) => [id, "NOT_CHECKED"]));
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  let at = 0;
  const past = Array.from({ length: days - 1 }, (_, index) => {
    const day = today - (days - 1 - index) * DAY_MS;
    for (; at < inOrder.length && inOrder[at]!.completedAt.getTime() < day + DAY_MS; at++) {
      const { stackId, verdict } = inOrder[at]!;
      if (verdicts.has(stackId)) verdicts.set(stackId, verdict);
    }
    return dayOf(day, [...verdicts.values()]);
  });
  return [
    ...past,
    dayOf(
      today,
      stacks.map(({ verdict }) => verdict),
    ),
  ];
}

function dayOf(day: number, verdicts: DriftVerdict[]): TrendDay {
  const count = (...some: DriftVerdict[]) => verdicts.filter((verdict) => some.includes(verdict)).length;
  const [drifted, inSync, notChecked] = [count("DRIFTED"), count("IN_SYNC"), count("NOT_CHECKED", "UNVERIFIED")];
  return {
    day: new Date(day).toISOString().slice(0, 10),
    drifted,
    inSync,
    other: verdicts.length - drifted - inSync - notChecked,
    notChecked,
  };
}
