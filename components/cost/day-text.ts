/** Pure: UTC days and months as text. */

const DAY_MS = 86_400_000;
const day = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
const shortMonth = new Intl.DateTimeFormat("en-US", { month: "short", year: "numeric", timeZone: "UTC" });

/** "Nov 3" */
export const dayText = (iso: string): string => day.format(new Date(iso));
/** "Nov 3, 2026" */
export const longDayText = (iso: string): string => dayOfYear.format(new Date(iso));
/** "November 2026" of `2026-11` or any day of it. */
export const monthText = (iso: string): string => month.format(new Date(iso));
/** "Nov 2026", for an axis: by two digits the year would read as a day. */
export const shortMonthText = (iso: string): string => shortMonth.format(new Date(iso));

/** "Nov 3 – Nov 9"; one day alone says itself, and years are named where there are two. */
export function daysText(first: string, last: string): string {
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${longDayText(first)} – ${longDayText(last)}`;
  return first === last ? dayText(first) : `${dayText(first)} – ${dayText(last)}`;
}

export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);

/** The first day of the month `months` from that of `now`. */
export const monthStart = (now: Date, months = 0): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
