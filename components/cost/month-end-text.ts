/** Pure: what is to be known of a month's end, in words. */
import { plural } from "@/components/ui/figure-text";
import type { CostMonthEnd } from "@/server/cost/views";
import { moneyText } from "./money-text";

/** "$61.20 of 2 days AWS may still restate"; null where all that is over is settled. */
export function stillEstimated({
  estimatedDays,
  estimatedAmount,
}: Pick<CostMonthEnd, "estimatedDays" | "estimatedAmount">): string | null {
  return estimatedDays === 0
    ? null
    : `${moneyText(estimatedAmount)} of ${plural(estimatedDays, "day")} AWS may still restate`;
}
