/** Pure: the days that a question is about. UTC days as text; the end is exclusive. */
import { AppError } from "../errors";
import { HISTORY_MONTHS, type AskedRange, type CompareWith, type CostGranularity } from "./input";
import type { CostRange } from "./views";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/** The UTC day of a moment. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

export const addDays = (day: string, count: number): string => dayOf(new Date(Date.parse(day) + count * DAY_MS));

export const daysBetween = (start: string, end: string): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS);

/** The first day of the month `count` months from `day`'s own. */
export function monthStart(day: string, count = 0): string {
  const date = new Date(day);
  return dayOf(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1)));
}

/** The first day that Cost Explorer still tells of. */
export const historyStart = (now: Date): string => monthStart(dayOf(now), -HISTORY_MONTHS);

export function range(start: string, end: string): CostRange {
  return { start, end, lastDay: addDays(end, -1), days: daysBetween(start, end) };
}

/** The asked range. Throws BAD_REQUEST with the field at fault and what it may be. */
export function rangeOf({ days, start, end }: AskedRange, now: Date): CostRange {
  const today = dayOf(now);
  const first = historyStart(now);
  const tomorrow = addDays(today, 1);
  if (days !== undefined && (start !== undefined || end !== undefined))
    throw wrong("days", "Give either days or start and end, not both.");
  if (start === undefined && end === undefined) {
    const most = daysBetween(first, today);
    const wanted = days ?? DEFAULT_DAYS;
    if (wanted < 1 || wanted > most) throw wrong("days", `Choose 1 to ${most} days: AWS keeps costs since ${first}.`);
    return range(addDays(today, -wanted), today);
  }
  if (start === undefined) throw wrong("start", `Give the first day as well, ${first} or later.`);
  if (start < first) throw wrong("start", `Begin on ${first} or later: AWS keeps ${HISTORY_MONTHS} months.`);
  if (start > today) throw wrong("start", `Begin on ${today} or earlier: later days have no costs yet.`);
  const until = end ?? tomorrow;
  if (until > tomorrow)
    throw wrong("end", `End on ${tomorrow} or earlier (the end is exclusive): later days have no costs yet.`);
  if (until <= start) throw wrong("end", `End after the start, ${start} (the end is exclusive).`);
  return range(start, until);
}

/** The days of a range that are over. Where none is, the range itself: then there is nothing whole to compare. */
export function daysThatAreOver({ start, end }: CostRange, today: string): CostRange {
  return range(start, end > today && start < today ? today : end);
}

/** What `current` is compared with: as many days right before it, or the same days a month earlier. */
export function previousOf(current: CostRange, compareWith: CompareWith): CostRange {
  if (compareWith === "previousPeriod") return range(addDays(current.start, -current.days), current.start);
  const start = sameDayLastMonth(current.start);
  const lastDay = sameDayLastMonth(current.lastDay);
  // Whole months are compared with the whole months before them, which may have more days.
  const isWholeMonths = current.start === monthStart(current.start) && current.end === monthStart(current.end);
  return range(start, isWholeMonths ? monthStart(current.lastDay) : addDays(lastDay, 1));
}

/** The same day of the month before, or that month's last where it is shorter. */
function sameDayLastMonth(day: string): string {
  const last = addDays(monthStart(day), -1);
  const same = `${last.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
}

/** The days or calendar months of a range; the first and last month are cut to it. */
export function bucketsOf({ start, end }: CostRange, granularity: CostGranularity): { start: string; end: string }[] {
  const buckets = [];
  for (let from = start; from < end;) {
    const next = granularity === "DAILY" ? addDays(from, 1) : monthStart(from, 1);
    const until = next < end ? next : end;
    buckets.push({ start: from, end: until });
    from = until;
  }
  return buckets;
}

function wrong(field: string, message: string): AppError {
  return new AppError("BAD_REQUEST", message, { fields: { [field]: message } });
}
