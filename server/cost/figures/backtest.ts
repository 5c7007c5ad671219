/** Pure: the forecast made again from past days, against what came. */
import { addDays, type DayAmount, daysBetween, firstOfMonth, firstOfNextMonth, isSettled, toSeries } from "./days";
import { forecastDaily } from "./forecast";
import { monthEnd } from "./month-end";
import { seasonalNaive, seasonalNaiveError } from "./seasonal-naive";

export interface BacktestOptions {
  /** How far each daily forecast looks. */
  horizonDays: number;
  /** From how many past days to forecast, at most; fewer where the history is short. */
  origins: number;
  /** How many days they lie apart. A step that shares no factor with 7 meets every weekday. */
  stepDays: number;
  level?: number;
}

/** Figures of merit; null where there is nothing to divide by. */
export interface Merit {
  /** How many forecasts were compared. */
  compared: number;
  /** Σ|came − forecast| / Σ|came| */
  wape: number | null;
  /** The same for the seasonal naive forecast, which repeats the last whole week. */
  seasonalNaiveWape: number | null;
  /** The error over that of the seasonal naive forecast within the days learned from (Hyndman & Koehler 2006). */
  mase: number | null;
  /** The share of what came that lay within the interval. */
  coverage: number | null;
}

export interface Backtest {
  daily: Merit;
  /** Of the sum of the days from then to the end of its month, where every day of it was read. */
  monthEnd: Merit;
}

/** With less to learn from, a past forecast says nothing of today's. */
const LEAST_LEARNED_DAYS = 28;

/** A rolling-origin backtest (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.10): each forecast sees the days before it alone. */
export function backtest(history: readonly DayAmount[], options: BacktestOptions): Backtest {
  const { horizonDays, origins, stepDays, level = 0.8 } = options;
  const settled = history.filter(isSettled);
  const read = new Set(settled.map(({ day }) => day));
  const { firstDay, values } = toSeries(settled, "9999-12-31");
  const daily = tally();
  const months = tally();
  for (let origin = 0; origin < origins; origin += 1) {
    const end = values.length - Math.min(horizonDays, 7) - origin * stepDays;
    if (end < LEAST_LEARNED_DAYS) break;
    const from = addDays(firstDay, end);
    const learned = settled.filter(({ day }) => day < from);
    const seen = values.slice(0, end);

    const came = values.slice(end, end + horizonDays);
    const naive = seasonalNaive(seen, came.length);
    const unit = seasonalNaiveError(seen);
    forecastDaily(learned, { from, horizonDays: came.length, level }).forEach(({ day, mean, low, high }, at) => {
      if (!read.has(day)) return;
      daily.add({ came: came[at]!, forecast: +mean, low: +low, high: +high, naive: naive[at]!, unit });
    });

    const daysToGo = daysBetween(from, firstOfNextMonth(from));
    const month = { first: firstOfMonth(from), end: firstOfNextMonth(from) };
    const isWhole = daysBetween(month.first, month.end) === countWithin(read, month);
    const estimate = isWhole ? monthEnd(learned, { today: from, level }) : null;
    if (!estimate) continue;
    const billed = +estimate.actual;
    months.add({
      came: total(values.slice(end, end + daysToGo)),
      forecast: +estimate.rest,
      low: +estimate.low - billed,
      high: +estimate.high - billed,
      naive: total(seasonalNaive(seen, daysToGo)),
      unit: seasonalNaiveError(seen, daysToGo),
    });
  }
  return { daily: daily.merit(), monthEnd: months.merit() };
}

function countWithin(days: ReadonlySet<string>, { first, end }: { first: string; end: string }): number {
  return [...days].filter((day) => day >= first && day < end).length;
}

const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

function tally() {
  const of = { compared: 0, came: 0, error: 0, naiveError: 0, scaled: 0, scaledCount: 0, within: 0 };
  const cent = 0.005;
  return {
    add(each: { came: number; forecast: number; low: number; high: number; naive: number; unit: number }) {
      of.compared += 1;
      of.came += Math.abs(each.came);
      of.error += Math.abs(each.came - each.forecast);
      of.naiveError += Math.abs(each.came - each.naive);
      // Half a cent is nothing to anybody, and a constant series must not miss its own value by a float's last digit.
      if (each.came >= each.low - cent && each.came <= each.high + cent) of.within += 1;
      if (each.unit === 0) return;
      of.scaled += Math.abs(each.came - each.forecast) / each.unit;
      of.scaledCount += 1;
    },
    merit: (): Merit => ({
      compared: of.compared,
      wape: of.came === 0 ? null : of.error / of.came,
      seasonalNaiveWape: of.came === 0 ? null : of.naiveError / of.came,
      mase: of.scaledCount === 0 ? null : of.scaled / of.scaledCount,
      coverage: of.compared === 0 ? null : of.within / of.compared,
    }),
  };
}
