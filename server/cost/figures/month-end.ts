/** Pure: what the running month will have cost when it ends. */
import Decimal from "decimal.js";
import { addDays, type DayAmount, daysBetween, firstOfNextMonth, toDollars, toSeries } from "./days";
import { expectedDays } from "./expected-days";
import { forecastDaily, LEAST_HISTORY_DAYS } from "./forecast";
import { monthEndErrors } from "./month-end-errors";
import { bounds, typicalDay } from "./rehearsal";

export interface MonthEnd {
  /** `2026-11` */
  month: string;
  /** What is billed so far, of the days before `today` that were wholly read; exact. */
  actual: string;
  /** What is expected of the days that were not wholly read, of today and of those after it: no less than was read of them. */
  rest: string;
  /** actual + rest, to the last decimal. */
  estimate: string;
  /** The interval of the estimate. Not the daily bounds added up: days do not all err the same way. */
  low: string;
  high: string;
  /** Days before today that AWS may still restate. They count as they are. */
  estimatedDays: number;
  /** What of `actual` is of those days. */
  estimatedAmount: string;
  /** Days of the month before today that were not wholly read. */
  unreadDays: number;
}

export interface MonthEndOptions {
  today: string;
  /** The share of months that are meant to end within the interval. 0.8 unless told. */
  level?: number;
}

/** The end of the month that `today` is in; null where fewer than `LEAST_HISTORY_DAYS` settled days were read. */
export function monthEnd(history: readonly DayAmount[], { today, level = 0.8 }: MonthEndOptions): MonthEnd | null {
  const series = toSeries(history, today);
  if (series.values.length < LEAST_HISTORY_DAYS) return null;
  const month = today.slice(0, 7);
  const end = firstOfNextMonth(today);
  const ofMonth = history.filter(({ day }) => day.startsWith(month) && day <= today);
  const isPast = ({ day, isPartial }: DayAmount) => day < today && !isPartial;
  const past = ofMonth.filter(isPast);
  const read = new Set(past.map(({ day }) => day));
  const begun = new Map(ofMonth.filter((each) => !isPast(each)).map(({ day, amount }) => [day, amount]));

  const settledUntil = addDays(series.firstDay, series.values.length);
  const coming = expectedDays(series, daysBetween(settledUntil, end));
  const expected = (day: string) => [...series.values, ...coming][daysBetween(series.firstDay, day)] ?? 0;
  const open = daysFrom(`${month}-01`, end).filter((day) => !read.has(day));

  const actual = sum(past.map(({ amount }) => amount));
  const estimated = past.filter(({ isEstimated }) => isEstimated);
  const rest = sum(open.map((day) => wholeDay(toDollars(expected(day)), begun.get(day) ?? "0")));
  const { errors, months } = monthEndErrors(series, { today, end });
  const reach = months < LEAST_MONTHS ? sumOfDays(history, { today, end, level }) : bounds(errors, level);
  const scale = months < LEAST_MONTHS ? 1 : typicalDay(series.values);
  const estimate = actual.plus(rest);
  const low = estimate.plus(toDollars(Math.min(0, reach.low * scale)));
  const high = estimate.plus(toDollars(Math.max(0, reach.high * scale)));
  const isNeverNegative = series.values.every((value) => value >= 0);
  return {
    month,
    actual: actual.toFixed(10),
    rest: rest.toFixed(10),
    estimate: estimate.toFixed(10),
    low: (isNeverNegative ? Decimal.max(actual.plus(sum([...begun.values()])), low) : low).toFixed(10),
    high: high.toFixed(10),
    estimatedDays: estimated.length,
    estimatedAmount: sum(estimated.map(({ amount }) => amount)).toFixed(10),
    unreadDays: open.filter((day) => day < today).length,
  };
}

/**
 * What a day will have cost of which a part was read. Of one sign, the larger of the two is the day's; of opposite signs both are: a credit
 * takes nothing away from the use that is still to come.
 */
function wholeDay(expected: string, soFar: string): string {
  const [coming, read] = [new Decimal(expected), new Decimal(soFar)];
  if (read.isZero()) return expected;
  if (coming.isNegative() !== read.isNegative()) return coming.plus(read).toString();
  return read.abs().gt(coming.abs()) ? soFar : expected;
}

/** Fewer past months show too little of how far off a month can be. */
const LEAST_MONTHS = 3;

/** The daily bounds added up: too wide, and all there is while the history is young. */
function sumOfDays(
  history: readonly DayAmount[],
  { today, end, level }: { today: string; end: string; level: number },
) {
  const days = forecastDaily(history, { from: today, horizonDays: daysBetween(today, end), level });
  return {
    low: days.reduce((total, { low, mean }) => total + Number(low) - Number(mean), 0),
    high: days.reduce((total, { high, mean }) => total + Number(high) - Number(mean), 0),
  };
}

function daysFrom(first: string, end: string): string[] {
  return Array.from({ length: daysBetween(first, end) }, (_, at) => addDays(first, at));
}

const sum = (amounts: readonly string[]): Decimal =>
  amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
