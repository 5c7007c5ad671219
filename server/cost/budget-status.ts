/** Pure: how a month stands against its budget. */
import { amount } from "./money";
import type { BudgetStatus, CostEstimate } from "./views";

/** over: already spent · atRisk: the estimate of the month's end is over · unknown: the month was not read. */
export function budgetStatus(
  budget: string,
  actual: string | null,
  forecast: Pick<CostEstimate, "mean"> | null,
): { status: BudgetStatus; used: number | null } {
  if (actual === null) return { status: "unknown", used: null };
  const limit = amount(budget);
  // Of nothing no share can be used; any spend is over it.
  const used = limit.isZero() ? null : amount(actual).times(100).div(limit).toDecimalPlaces(1).toNumber();
  if (amount(actual).gt(limit)) return { status: "over", used };
  return { status: forecast && amount(forecast.mean).gt(limit) ? "atRisk" : "ok", used };
}
