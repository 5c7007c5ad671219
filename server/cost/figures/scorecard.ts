/** Pure: kept forecasts against what came. */
import Decimal from "decimal.js";
import { addDays, type DayAmount } from "./days";

/** A forecast as it was made: of one day, or of the whole of several (then first and last day differ). */
export interface KeptForecast {
  accountId: string;
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
  accountId: string;
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

/** A score an account, in the order of their first forecast. */
export function score(kept: readonly KeptForecast[], actual: readonly (DayAmount & { accountId: string })[]): Score[] {
  const settled = new Map<string, string>();
  for (const { accountId, day, amount, isEstimated } of actual)
    if (!isEstimated) settled.set(`${accountId} ${day}`, amount);

  const madeTogether = new Map<string, number>();
  for (const forecast of kept) madeTogether.set(occasion(forecast), (madeTogether.get(occasion(forecast)) ?? 0) + 1);

  const tallies = new Map<string, Tally>();
  for (const forecast of kept) {
    const { accountId, mean, low, high, openFrom = forecast.firstDay } = forecast;
    const tally = tallies.get(accountId) ?? { judged: 0, pending: 0, weight: 0, hits: 0, error: zero, open: zero };
    tallies.set(accountId, tally);
    const came = totalOf(forecast, settled);
    const open = totalOf({ ...forecast, firstDay: openFrom }, settled);
    if (came === null || open === null) {
      tally.pending += 1;
      continue;
    }
    const together = madeTogether.get(occasion(forecast))!;
    tally.judged += 1;
    tally.weight += 1 / together;
    if (came.gte(low) && came.lte(high)) tally.hits += 1 / together;
    tally.error = tally.error.plus(came.minus(mean).abs().div(together));
    tally.open = tally.open.plus(open.abs().div(together));
  }
  return [...tallies].map(([accountId, { judged, pending, weight, hits, error, open }]) => ({
    accountId,
    judged,
    pending,
    hitRate: judged === 0 ? null : hits / weight,
    wape: open.isZero() ? null : error.div(open).toNumber(),
  }));
}

interface Tally {
  judged: number;
  pending: number;
  weight: number;
  hits: number;
  error: Decimal;
  open: Decimal;
}

const occasion = ({ accountId, madeOn, firstDay, lastDay }: KeptForecast) =>
  `${accountId} ${madeOn} ${firstDay} ${lastDay}`;

const zero = new Decimal(0);

/** What the forecast's days cost; null while one of them is missing. */
function totalOf({ accountId, firstDay, lastDay }: KeptForecast, settled: ReadonlyMap<string, string>) {
  let total = zero;
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const amount = settled.get(`${accountId} ${day}`);
    if (amount === undefined) return null;
    total = total.plus(amount);
  }
  return total;
}
