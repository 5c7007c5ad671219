/** Pure: what the running month will have cost when it ends. */
import Decimal from "decimal.js";
import { addDays, type DayAmount, daysBetween } from "./days";
import { forecastDaily } from "./forecast";

export interface MonthEnd {
  /** `2026-11` */
  month: string;
  /** What is billed so far, days before `today` alone; exact. */
  actual: string;
  /** What is expected of today and the days after it. */
  rest: string;
  /** actual + rest, to the last decimal. */
  estimate: string;
  /** The interval of the estimate. It is narrower than the daily bounds added up: days do not all err the same way. */
  low: string;
  high: string;
  /** Days before today that were not read or that AWS may still restate: their expected amount is in `rest`, where unread. */
  unsettledDays: number;
}

/** The end of the month that `today` is in; null where the history is too short to tell. */
export function monthEnd(
  history: readonly DayAmount[],
  { today, level = 0.8 }: { today: string; level?: number },
): MonthEnd | null {
  const month = today.slice(0, 7);
  const nextMonth = addDays(`${month}-01`, 32).slice(0, 7);
  const rest = forecastDaily(history, { from: today, horizonDays: daysBetween(today, `${nextMonth}-01`), level });
  if (rest.length === 0) return null;
  const past = history.filter(({ day }) => day.startsWith(month) && day < today);
  const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
  const actual = sum(past.map(({ amount }) => amount));
  const fixed = (amount: Decimal) => amount.toFixed(10);
  const expected = sum(rest.map(({ mean }) => mean));
  return {
    month,
    actual: fixed(actual),
    rest: fixed(expected),
    estimate: fixed(actual.plus(expected)),
    low: fixed(actual.plus(sum(rest.map(({ low }) => low)))),
    high: fixed(actual.plus(sum(rest.map(({ high }) => high)))),
    unsettledDays: past.filter(({ isEstimated }) => isEstimated).length,
  };
}
