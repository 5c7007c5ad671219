/** Pure: how far off the rest of earlier months would have been. */
import { addDays, type DailySeries, daysBetween, firstOfMonth } from "./days";
import { rehearse } from "./rehearsal";

/** As many days to go as now, give or take two: neighbours tell nearly the same, and steady the count. */
const NEIGHBOURS = [0, 2, -2];

/**
 * Came minus expected of the days from `today` to `end` (the first of the next month), in typical days' cost, of every earlier month
 * that leaves enough to learn from. The windows end with a month, as the present one does, so that a fee at a month's end is in them;
 * and they begin as long after the last settled day.
 */
export function monthEndErrors(
  series: DailySeries,
  { today, end }: { today: string; end: string },
): { errors: number[]; months: number } {
  const settledUntil = addDays(series.firstDay, series.values.length);
  const unsettled = daysBetween(settledUntil, today);
  const daysToGo = daysBetween(today, end);
  const errors: number[] = [];
  let months = 0;
  for (let ended = firstOfMonth(settledUntil); ended > series.firstDay; ended = firstOfMonth(addDays(ended, -1))) {
    const monthsEnd = daysBetween(series.firstDay, ended);
    const missed = NEIGHBOURS.filter((more) => daysToGo + more >= 1).flatMap((more) => {
      const days = unsettled + daysToGo + more;
      const [rehearsal] = rehearse(series, [monthsEnd - days], days);
      if (!rehearsal) return [];
      const total = rehearsal.errors.slice(unsettled).reduce((sum, error) => sum + error, 0);
      // Errors of sums grow with the root of their days, where days err on their own.
      return total * Math.sqrt(daysToGo / (daysToGo + more));
    });
    errors.push(...missed);
    if (missed.length > 0) months += 1;
  }
  return { errors, months };
}
