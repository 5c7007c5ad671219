/** Pure: how two periods are held against each other, and whether they may be. */
import type { CostRange, CostTrendsView } from "@/server/cost/views";
import { daysText } from "./day-text";

type Periods = Pick<CostTrendsView, "current" | "previous">;

/** "Against Oct 1 – Oct 24"; both periods where the first is not all of what is `shown`, as today is not over. */
export function againstText({ current, previous }: Periods, shown?: CostRange): string {
  const [ours, theirs] = [current.range, previous.range].map(({ start, lastDay }) => daysText(start, lastDay));
  return shown?.end === current.range.end ? `Against ${theirs}` : `${ours} against ${theirs}`;
}

/** Not where more than a tenth of the days were not read: what moved would be what was read. */
export function isComparable({
  unreadDays,
  current,
  change,
}: Pick<CostTrendsView, "unreadDays" | "current" | "change">) {
  return change !== null && unreadDays * 10 <= current.range.days;
}
