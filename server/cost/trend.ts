/** Pure: how two periods compare. */
import { amount, dollars, type Amount } from "./money";
import type { CostChange, CostMover, CostMovers } from "./views";

const MOST_MOVERS = 5;

/**
 * The change from `previous` to `current`. From nothing, from a credit and from a fraction of a cent no percentage makes
 * sense: then it is null, and the dollars speak for themselves.
 */
export function change(current: Amount, previous: Amount): CostChange {
  const moved = amount(dollars(current)).minus(dollars(previous));
  const base = amount(dollars(previous));
  return {
    amount: dollars(moved),
    percent: base.isPositive() && !base.isZero() ? moved.times(100).div(base).toDecimalPlaces(2).toNumber() : null,
    direction: moved.isZero() ? "flat" : moved.isPositive() ? "increase" : "decrease",
  };
}

/** What rose and what fell most in dollars, at most five each; what did not move a cent is left out. */
export function moversOf(
  current: ReadonlyMap<string, Amount>,
  previous: ReadonlyMap<string, Amount>,
  label: (key: string) => string = (key) => key,
): CostMovers {
  const zero = amount("0");
  const movers = [...new Set([...current.keys(), ...previous.keys()])].map((key): CostMover => {
    const [now, before] = [current.get(key) ?? zero, previous.get(key) ?? zero];
    return { key, label: label(key), current: dollars(now), previous: dollars(before), change: change(now, before) };
  });
  const inDirection = (direction: string) =>
    movers
      .filter((mover) => mover.change.direction === direction)
      .sort(
        (a, b) => amount(b.change.amount).abs().comparedTo(amount(a.change.amount).abs()) || a.key.localeCompare(b.key),
      )
      .slice(0, MOST_MOVERS);
  return { up: inDirection("increase"), down: inDirection("decrease") };
}
