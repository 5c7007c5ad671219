/** Pure: whether two periods may be held against each other. */
import type { CostTrendsView } from "@/server/cost/views";

/** Not where more than a tenth of the days were not read: what moved would be what was read. */
export function isComparable({
  unreadDays,
  current,
  change,
}: Pick<CostTrendsView, "unreadDays" | "current" | "change">) {
  return change !== null && unreadDays * 10 <= current.range.days;
}
