/** Pure: UTC days as Cost Explorer writes them, `2026-11-24`, and a history as plain numbers without gaps. */

export const DAY_MS = 86_400_000;

/** What one UTC day cost, in dollars. A day that is absent was not read; a day without cost says "0". */
export interface DayAmount {
  day: string;
  amount: string;
  /** AWS may still restate it: never learned from, and forecast as if it had not been read. */
  isEstimated?: boolean;
}

/** Consecutive days from `firstDay` on; null was not read. */
export interface DailySeries {
  firstDay: string;
  values: (number | null)[];
}

/** The day `count` days after `day` (before it, where negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/**
 * The settled days before `before`, in order, from the first that was read to the last. Numbers, as statistics need them: a forecast
 * is an estimate, and its error is many orders of magnitude above a float's. Sums of actual amounts never come this way.
 */
export function toSeries(history: readonly DayAmount[], before: string): DailySeries {
  const settled = history.filter(({ day, isEstimated }) => !isEstimated && day < before);
  if (settled.length === 0) return { firstDay: before, values: [] };
  const firstDay = settled.reduce((first, { day }) => (day < first ? day : first), before);
  const lastDay = settled.reduce((last, { day }) => (day > last ? day : last), firstDay);
  const values = new Array<number | null>(daysBetween(firstDay, lastDay) + 1).fill(null);
  for (const { day, amount } of settled) values[daysBetween(firstDay, day)] = Number(amount);
  return { firstDay, values };
}

/** Dollars with four decimals: an estimate is no better than a hundredth of a cent. */
export function toDollars(estimate: number): string {
  const text = estimate.toFixed(4);
  return Number(text) === 0 ? "0.0000" : text;
}
