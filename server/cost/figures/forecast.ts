/** Pure: what the coming days will cost, learned from the days before them. */
import { addDays, type DailySeries, type DayAmount, daysBetween, toDollars, toSeries } from "./days";
import { expectedDays } from "./expected-days";
import { bounds, rehearse, typicalDay } from "./rehearsal";
import { mean } from "./robust";

export interface ForecastOptions {
  /** How many days, from `from` on. */
  horizonDays: number;
  /** The share of days that are meant to fall within the interval. 0.8 unless told. */
  level?: number;
  /** The first day of the forecast, usually today: it and what is later are not learned from. Unless told, the day after the history's last. */
  from?: string;
}

/** Dollars as decimal strings; `low` to `high` is the interval of the asked level for this day alone. */
export interface ForecastDay {
  day: string;
  mean: string;
  low: string;
  high: string;
}

/** A week is the least from which a weekly rhythm can be told; with fewer settled days there is no forecast. */
export const LEAST_HISTORY_DAYS = 7;

/** How many past days the forecast is rehearsed on, and how far apart: nine days, so that they fall on all days of the week. */
const REHEARSALS = 20;
const REHEARSAL_STEP_DAYS = 9;

/** One entry a day; empty where fewer than `LEAST_HISTORY_DAYS` settled days were read. Days may come in any order. */
export function forecastDaily(
  history: readonly DayAmount[],
  { horizonDays, level = 0.8, from = dayAfter(history) }: ForecastOptions,
): ForecastDay[] {
  const series = toSeries(history, from);
  if (series.values.length < LEAST_HISTORY_DAYS) return [];
  // Days between the last settled one and the first asked for are forecast as well, and left out.
  const skipped = daysBetween(addDays(series.firstDay, series.values.length), from);
  const expected = expectedDays(series, skipped + horizonDays);
  const around = intervals(series, skipped + horizonDays, level);
  const floor = Math.min(0, ...series.values);
  return expected.slice(skipped).map((amount, at) => {
    const { low, high } = around[skipped + at]!;
    return {
      day: addDays(from, at),
      mean: toDollars(amount),
      low: toDollars(Math.max(floor, amount + Math.min(0, low))),
      high: toDollars(amount + Math.max(0, high)),
    };
  });
}

/** How far below and above the expected amount a day may come to lie, a day ahead, two days ahead …: as far as it did in rehearsal. */
function intervals(series: DailySeries, horizonDays: number, level: number): { low: number; high: number }[] {
  const { values } = series;
  const typical = typicalDay(values);
  const ends = Array.from({ length: REHEARSALS }, (_, at) => values.length - 7 - at * REHEARSAL_STEP_DAYS);
  const rehearsals = rehearse(series, ends, horizonDays);
  let reached = guess(values);
  let reachedAt = 0;
  return Array.from({ length: horizonDays }, (_, at) => {
    const errors = rehearsals.flatMap((each) => each.errors.slice(Math.max(0, at - 3), at + 4));
    if (rehearsals.length >= 3 && errors.length >= 14) {
      const { low, high } = bounds(errors, level);
      reached = { low: low * typical, high: high * typical };
      reachedAt = at;
    }
    // Beyond what could be rehearsed, uncertainty grows as that of a random walk does.
    const further = Math.sqrt((at + 7) / (reachedAt + 7));
    return { low: reached.low * further, high: reached.high * further };
  });
}

/** Where nothing could be rehearsed: a fifth of a typical day, or twice the days' own spread where that is more. */
function guess(values: readonly number[]): { low: number; high: number } {
  const middle = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  const reach = Math.max(0.2 * typicalDay(values), 2 * deviation);
  return { low: -reach, high: reach };
}

function dayAfter(history: readonly DayAmount[]): string {
  const lastDay = history.reduce((last, { day }) => (day > last ? day : last), "");
  return lastDay === "" ? "1970-01-01" : addDays(lastDay, 1);
}
