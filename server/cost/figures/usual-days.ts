/** Pure: what a day may cost without anybody having to wonder. */
import { mean, median, quantile } from "./robust";

export interface UsualDay {
  expected: number;
  /** Above it, the day is outside the pattern. */
  most: number;
}

/** Two weeks are the least pattern; eight follow growth and still outlast a bad week. */
const LEAST_DAYS = 14;
const LEARNED_DAYS = 56;
/** How far above its expectation a day may come, in what days usually miss theirs by, and as a share of it. */
const MISSES = 5;
const LEAST_SHARE = 0.2;

/** What has been so for four weeks on end is the pattern. */
const ACCEPTED_DAYS = 28;

/**
 * For each day, from the days before it alone; null while they are fewer than two weeks. A day that was odd itself is learned from as if
 * it had cost the most that is usual, so that it does not hide the next; after four weeks on end the pattern begins anew with them.
 * Days for which `isUnsettled` says so are not learned from.
 */
export function usualDays(values: readonly number[], isUnsettled: (at: number) => boolean): (UsualDay | null)[] {
  const learned: number[] = [];
  const misses: number[] = [];
  const bursts: Burst[] = [];
  let oddInARow = 0;
  return values.map((value, at) => {
    const recentBursts = bursts.filter((burst) => burst.at >= at - LEARNED_DAYS);
    const usual = learned.length < LEAST_DAYS ? null : usualDay(learned, misses, recentBursts);
    if (isUnsettled(at)) {
      // Holds its weekday's place with what is expected of it.
      learned.push(usual?.expected ?? value);
      return usual;
    }
    const isOdd = usual !== null && value > usual.most;
    oddInARow = isOdd ? oddInARow + 1 : 0;
    learned.push(isOdd ? usual.most : value);
    if (usual && !isOdd) misses.push(Math.abs(value - usual.expected));
    if (usual && oddInARow === 1) bursts.push({ at, over: value - usual.expected });
    if (oddInARow === ACCEPTED_DAYS) learned.splice(0, learned.length, ...values.slice(at + 1 - ACCEPTED_DAYS, at + 1));
    return usual;
  });
}

/** The first of odd days in a row. */
interface Burst {
  at: number;
  over: number;
}

function usualDay(learned: readonly number[], misses: readonly number[], bursts: readonly Burst[]): UsualDay {
  const recent = learned.slice(-LEARNED_DAYS);
  const level = median(recent.slice(-14));
  const before = median(recent.slice(-28, -14));
  const sameWeekday = recent.filter((_, at) => (recent.length - at) % 7 === 0);
  const others = median(recent);
  // The weekday's own difference, carried to today's level, and half of the last fortnight's growth.
  const growth = recent.length >= 28 ? (level - before) / 2 : 0;
  const expected = Math.max(Math.min(0, ...recent), level + (median(sameWeekday) - others) + growth);
  const recentMisses = misses.slice(-LEARNED_DAYS);
  const stray = mean(recent.map((each) => Math.abs(each - others)));
  const usualMiss = recentMisses.length < 7 ? stray : quantile(recentMisses, 0.6);
  // What came three separate times lately is nothing new: a batch that runs now and then.
  const third = bursts.map(({ over }) => over).sort((a, b) => b - a)[2] ?? 0;
  return { expected, most: expected + Math.max(MISSES * usualMiss, LEAST_SHARE * Math.abs(expected), 1.25 * third) };
}
