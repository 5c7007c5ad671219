/** Pure: averages and spreads that one odd day does not move. */

/** The middle of what is there; 0 of nothing. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value under which a share of `p` lies, between neighbours by proportion; 0 of nothing. */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return 0;
  const sorted = inOrder(values);
  const position = Math.min(Math.max(p, 0), 1) * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The median distance from the median, scaled to be a standard deviation where the values are normal. */
export function spread(values: readonly number[]): number {
  const middle = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)));
}

/** Sorting by insertion is many times faster on the few days that most medians are of, and forecasts take thousands of those. */
function inOrder(values: readonly number[]): number[] {
  const sorted = values.slice();
  if (sorted.length > 32) return sorted.sort((a, b) => a - b);
  for (let at = 1; at < sorted.length; at += 1) {
    const value = sorted[at]!;
    let to = at;
    for (; to > 0 && sorted[to - 1]! > value; to -= 1) sorted[to] = sorted[to - 1]!;
    sorted[to] = value;
  }
  return sorted;
}
