/** Pure: kept forecasts against what came. */
import Decimal from "decimal.js";
import { addDays, type DayAmount } from "./days";

/** A forecast as it was made: of one day, or of the whole of several (then first and last day differ). */
export interface KeptForecast {
  madeOn: string;
  firstDay: string;
  lastDay: string;
  mean: string;
  low: string;
  high: string;
  /** Days before this one were known when it was made: its error is weighed by what came from here on. `firstDay` unless told. */
  openFrom?: string;
}

export interface Score {
  /** Forecasts whose every day has come and is settled. Only these are judged. */
  judged: number;
  /** Forecasts that wait for days to come, to be read or to settle. */
  pending: number;
  /**
   * The share of judged forecasts whose interval held what came; null where none is judged. Here and below, those that were made of the same
   * days on one day weigh as one together.
   */
  hitRate: number | null;
  /** Σ|came − forecast| / Σ|came of what was open|: percentages of single days explode on zero and on credits. null where nothing came. */
  wape: number | null;
}

/** How one subject's forecasts have done against what it cost; null where none is kept. */
export function score(kept: readonly KeptForecast[], actual: readonly DayAmount[]): Score | null {
  if (kept.length === 0) return null;
  const settled = new Map(
    actual.flatMap(({ day, amount, isEstimated }) => (isEstimated ? [] : [[day, amount] as const])),
  );

  const madeTogether = new Map<string, number>();
  for (const forecast of kept) madeTogether.set(occasion(forecast), (madeTogether.get(occasion(forecast)) ?? 0) + 1);

  let [judged, pending, weight, hits] = [0, 0, 0, 0];
  let [error, open] = [zero, zero];
  for (const forecast of kept) {
    const { mean, low, high, openFrom = forecast.firstDay } = forecast;
    const came = totalOf(forecast, settled);
    const cameOpen = totalOf({ ...forecast, firstDay: openFrom }, settled);
    if (came === null || cameOpen === null) {
      pending += 1;
      continue;
    }
    const together = madeTogether.get(occasion(forecast))!;
    judged += 1;
    weight += 1 / together;
    if (came.gte(low) && came.lte(high)) hits += 1 / together;
    error = error.plus(came.minus(mean).abs().div(together));
    open = open.plus(cameOpen.abs().div(together));
  }
  return {
    judged,
    pending,
    hitRate: judged === 0 ? null : hits / weight,
    wape: open.isZero() ? null : error.div(open).toNumber(),
  };
}

const occasion = ({ madeOn, firstDay, lastDay }: KeptForecast) => `${madeOn} ${firstDay} ${lastDay}`;

const zero = new Decimal(0);

/** What the forecast's days cost; null while one of them is missing. */
function totalOf({ firstDay, lastDay }: KeptForecast, settled: ReadonlyMap<string, string>) {
  let total = zero;
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const amount = settled.get(day);
    if (amount === undefined) return null;
    total = total.plus(amount);
  }
  return total;
}
