/** Pure: UTC days as Cost Explorer writes them, `2026-11-24`, and a history as plain numbers without gaps. */

export const DAY_MS = 86_400_000;

/** What one UTC day cost, in dollars. A day that is absent was not read; a day without cost says "0". */
export interface DayAmount {
  day: string;
  amount: string;
  /** AWS may still restate it: never learned from, and forecast as if it had not been read. */
  isEstimated?: boolean;
  /** Not all of it was read yet: it costs what it says and more. Never learned from, as if it had not been read. */
  isPartial?: boolean;
}

/** What a forecast may learn from. */
export function isSettled({ isEstimated, isPartial }: DayAmount): boolean {
  return !isEstimated && !isPartial;
}

/** Dollars of consecutive days from `firstDay` on. */
export interface DailySeries {
  firstDay: string;
  values: readonly number[];
}

/** The day `count` days after `day` (before it, where negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The first day of the month that `day` is in. */
export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function firstOfNextMonth(day: string): string {
  return firstOfMonth(addDays(firstOfMonth(day), 31));
}

/**
 * The settled days before `before`, from the first that was read to the last; one between them that was not read costs what its weekday
 * did the week before. Numbers, as statistics need them: a forecast is an estimate, and its error is many orders of magnitude above a
 * float's. Sums of actual amounts never come this way.
 */
export function toSeries(history: readonly DayAmount[], before: string): DailySeries {
  const settled = history.filter((each) => isSettled(each) && each.day < before);
  if (settled.length === 0) return { firstDay: before, values: [] };
  const firstDay = settled.reduce((first, { day }) => (day < first ? day : first), before);
  const lastDay = settled.reduce((last, { day }) => (day > last ? day : last), firstDay);
  const read = new Map(settled.map(({ day, amount }) => [daysBetween(firstDay, day), Number(amount)]));
  const values: number[] = [];
  for (let at = 0; at <= daysBetween(firstDay, lastDay); at += 1)
    values.push(read.get(at) ?? values[at - 7] ?? values[at - 1]!);
  return { firstDay, values };
}

/** Dollars with four decimals: an estimate is no better than a hundredth of a cent. */
export function toDollars(estimate: number): string {
  const text = estimate.toFixed(4);
  return Number(text) === 0 ? "0.0000" : text;
}
