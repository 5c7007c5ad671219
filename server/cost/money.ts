/** Pure: sums and their display. Amounts are decimal strings and Decimals, never floats. */
import Decimal from "decimal.js";

/** Twenty digits before the point and ten behind it are exact; Cost Explorer gives ten. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

export type Amount = Decimal;

export const amount = (text: string): Amount => new Exact(text);

export const sum = (amounts: Iterable<Amount | string>): Amount => {
  let total = new Exact(0);
  for (const each of amounts) total = total.plus(each);
  return total;
};

/** Dollars with two decimals, half a cent up. */
export const dollars = (exact: Amount | string): string => {
  const text = new Exact(exact).toFixed(2);
  return text === "-0.00" ? "0.00" : text;
};

/**
 * `parts` with two decimals such that they sum to the displayed total: each is rounded down, and the cents that are
 * missing go to the largest remainders (Hare's method). Each is within a cent of its exact amount, also where their total is
 * itself a part that was shown within a cent of its own: `shown` says how.
 */
export function apportion(parts: readonly Amount[], shown: string = dollars(sum(parts))): string[] {
  const units = shareOut(
    parts.map((part) => part.times(100)),
    amount(shown).times(100),
  );
  return units.map((unit) => unit.div(100).toFixed(2));
}

/** What percentage of their total each part is, one decimal each, summing to 100; null where the total is not positive. */
export function shares(parts: readonly Amount[]): (number | null)[] {
  const total = sum(parts);
  if (!total.isPositive() || total.isZero()) return parts.map(() => null);
  const units = shareOut(
    parts.map((part) => part.times(1000).div(total)),
    new Exact(1000),
  );
  return units.map((unit) => unit.div(10).toNumber());
}

/** Whole numbers near `exact` that sum to `total`; what is whole already is left alone as long as others can give. */
function shareOut(exact: Amount[], total: Amount): Amount[] {
  const floors = exact.map((part) => part.floor());
  let missing = total.minus(sum(floors)).toNumber();
  const byRemainder = exact
    .map((part, at) => ({ at, remainder: part.minus(floors[at]!) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.at - b.at);
  for (const { at } of byRemainder) {
    if (missing <= 0) break;
    floors[at] = floors[at]!.plus(1);
    missing -= 1;
  }
  return floors.map((unit) => (unit.isZero() ? new Exact(0) : unit));
}
