/** Pure: the forecast as it would have been made on past days, and how far it would have been off. */
import type { DailySeries } from "./days";
import { expectedDays } from "./expected-days";
import { mean, quantile } from "./robust";

/** What came minus what was expected, a day ahead, two days ahead …, relative to what a day cost at the time. */
export interface Rehearsal {
  errors: number[];
}

/** With fewer days before it, a past forecast says nothing of today's. */
const LEAST_REHEARSED_DAYS = 14;

/** One forecast from each of `ends` (how many days of the series it may see) that leaves it enough to see and something to miss. */
export function rehearse({ firstDay, values }: DailySeries, ends: readonly number[], horizonDays: number): Rehearsal[] {
  return ends
    .filter((end) => end >= LEAST_REHEARSED_DAYS && end < values.length)
    .map((end) => {
      const seen = values.slice(0, end);
      const came = values.slice(end, end + horizonDays);
      const expected = expectedDays({ firstDay, values: seen }, came.length);
      const typical = typicalDay(seen);
      return { errors: came.map((amount, at) => (amount - expected[at]!) / typical) };
    });
}

/** What a day costs lately, credits counted as they are large: the measure in which errors of then compare with those of now. */
export function typicalDay(values: readonly number[]): number {
  return mean(values.slice(-28).map(Math.abs)) || 1e-4;
}

/**
 * Bounds that hold `level` of further errors like these, each side on its own: quantiles a little further out than those of the errors
 * themselves, as in conformal prediction (Vovk, Gammerman & Shafer 2005).
 */
export function bounds(errors: readonly number[], level: number): { low: number; high: number } {
  const tail = 1 - ((1 + level) / 2) * (1 + 1 / Math.max(1, errors.length));
  return { low: quantile(errors, tail), high: quantile(errors, 1 - tail) };
}
