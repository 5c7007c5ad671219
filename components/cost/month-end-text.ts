/** Pure: what is to be known of a month's end, in words. */
import type { CostMonthEnd } from "@/server/cost/views";
import { moneyText } from "./money-text";

/** "$61.20 of it may still be restated"; null where all that is over is settled. */
export function stillEstimated({
  estimatedDays,
  estimatedAmount,
}: Pick<CostMonthEnd, "estimatedDays" | "estimatedAmount">): string | null {
  return estimatedDays === 0 ? null : `${moneyText(estimatedAmount)} of it may still be restated`;
}
