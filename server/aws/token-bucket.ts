import type { Rate } from "./rates";

/** One API's bucket as we believe it to be. Times are milliseconds on any one clock. */
export interface Bucket {
  declared: Rate;
  /** Tokens a second right now: less than declared after a throttle. */
  refillPerSecond: number;
  /** Where recovery stops being quick: a little under the rate that was throttled. */
  ceiling: number;
  tokens: number;
  /** The instant that `tokens` and `refillPerSecond` are of. After a throttle it lies ahead: nothing goes out before, and nothing is saved up. */
  at: number;
  lastThrottledAt: number | null;
  /** Throttles without a success in between. */
  streak: number;
  /** How many calls may be under way at once: what is declared may not be so, and whoever finds out by a hundred calls is refused them all. */
  window: number;
}

export function fullBucket(declared: Rate, now: number): Bucket {
  return {
    declared,
    refillPerSecond: declared.refillPerSecond,
    ceiling: declared.refillPerSecond,
    tokens: declared.capacity,
    at: now,
    lastThrottledAt: null,
    streak: 0,
    window: FIRST_WINDOW,
  };
}

/** As many as the smallest of AWS's buckets that anybody has written of. A quarter as wide again with each round of answers, it is soon in nobody's way. */
const FIRST_WINDOW = 5;

/** The bucket at `now`: refilled, and its rate recovered. In its pause, or with a clock that went backwards, nothing changes. */
export function refilled(bucket: Bucket, now: number): Bucket {
  const seconds = (now - bucket.at) / 1000;
  if (seconds <= 0) return bucket;
  const tokens = Math.min(bucket.declared.capacity, bucket.tokens + seconds * bucket.refillPerSecond);
  return { ...bucket, tokens, refillPerSecond: recovered(bucket, seconds), at: now };
}

/** Quickly back to just under what was throttled, slowly beyond: the customer's own automation drinks there too. */
function recovered({ refillPerSecond, ceiling, declared }: Bucket, seconds: number): number {
  const quick = Math.min(ceiling, refillPerSecond + (seconds * ceiling) / QUICK_RECOVERY_S);
  if (quick < ceiling) return quick;
  return Math.min(declared.refillPerSecond, Math.max(quick, refillPerSecond + seconds * ceiling * SLOW_RECOVERY_PER_S));
}

const QUICK_RECOVERY_S = 20;
const SLOW_RECOVERY_PER_S = 0.005;

/** Milliseconds until a call may go out, with `unsent` tokens already promised; 0 when one may go now. */
export function waitMs(bucket: Bucket, unsent: number, now: number): number {
  const current = refilled(bucket, now);
  const missing = 1 + unsent - current.tokens;
  const forToken = missing <= 0 ? 0 : Math.ceil((missing / current.refillPerSecond) * 1000);
  return Math.max(current.at - now, 0) + forToken;
}

/** One call went out. */
export function spent(bucket: Bucket, now: number): Bucket {
  const current = refilled(bucket, now);
  return { ...current, tokens: current.tokens - 1 };
}

/**
 * AWS said "too fast" to a call that went out at `sentAt`. The rate is halved once for a wave of calls that were in the
 * air together; the pause doubles with each throttle in a row and is jittered by `random` (0 to 1).
 */
export function throttled(bucket: Bucket, sentAt: number, now: number, random: number): Bucket {
  const current = refilled(bucket, now);
  const isSameWave = current.lastThrottledAt !== null && sentAt <= current.lastThrottledAt;
  if (isSameWave) return { ...current, tokens: Math.min(current.tokens, 1) };
  const streak = current.streak + 1;
  const backOffMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (streak - 1));
  return {
    ...current,
    refillPerSecond: Math.max(current.refillPerSecond / 2, MIN_REFILL_PER_S),
    ceiling: Math.max(current.refillPerSecond * 0.85, MIN_REFILL_PER_S),
    // One, to try again with.
    tokens: Math.min(current.tokens, 1),
    at: Math.max(current.at, now + backOffMs * (0.5 + random / 2)),
    lastThrottledAt: now,
    streak,
    window: Math.max(1, Math.floor(current.window / 2)),
  };
}

const FIRST_PAUSE_MS = 400;
const MAX_PAUSE_MS = 10_000;
const MIN_REFILL_PER_S = 0.2;

/** A call was answered: a quarter of a call more may be under way, up to as many as the bucket is said to hold. */
export function answered(bucket: Bucket): Bucket {
  const widest = Math.max(FIRST_WINDOW, bucket.declared.capacity);
  return { ...bucket, streak: 0, window: Math.min(widest, bucket.window + 0.25) };
}
