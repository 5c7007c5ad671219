/** Pure: the forecast that any other must beat: the last whole week, again and again. */

export function seasonalNaive(values: readonly number[], horizonDays: number): number[] {
  return Array.from({ length: horizonDays }, (_, at) => values[values.length - 7 + (at % 7)] ?? 0);
}

/** The mean error of the seasonal naive forecast within the series, of days or of sums of `days`: the unit of MASE (Hyndman & Koehler 2006). */
export function seasonalNaiveError(values: readonly number[], days = 1): number {
  let error = 0;
  let count = 0;
  for (let end = 7; end + days <= values.length; end += 1) {
    let missed = 0;
    for (let at = 0; at < days; at += 1) missed += values[end + at]! - values[end - 7 + (at % 7)]!;
    error += Math.abs(missed);
    count += 1;
  }
  return count === 0 ? 0 : error / count;
}
