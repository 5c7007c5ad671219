/** Pure: what a month comes to by a forecast of its days. */
import Decimal from "decimal.js";
import { type DayAmount, daysBetween, firstOfMonth, firstOfNextMonth } from "./days";
import type { ForecastDay } from "./forecast";

/**
 * What the month of `today` was billed for so far and what its days from today on are forecast at, with all decimals. The days' bounds are
 * added up, as if all erred the same way: the widest that it can be. Null where the forecast leaves out one of them.
 */
export function billedAndForecast(
  days: readonly ForecastDay[],
  history: readonly DayAmount[],
  today: string,
): Pick<ForecastDay, "mean" | "low" | "high"> | null {
  const end = firstOfNextMonth(today);
  const rest = days.filter(({ day }) => day >= today && day < end);
  if (rest.length < daysBetween(today, end)) return null;
  const billed = history.filter(({ day }) => day >= firstOfMonth(today) && day < today);
  const actual = billed.reduce((total, { amount }) => total.plus(amount), new Decimal(0));
  const plus = (of: (day: ForecastDay) => string) =>
    rest.reduce((total, day) => total.plus(of(day)), actual).toFixed(10);
  return { mean: plus((day) => day.mean), low: plus((day) => day.low), high: plus((day) => day.high) };
}
