/** Pure: when costs are read. Twice a day, as AWS itself renews them up to three times a day and every question is paid. */

const HOUR_MS = 60 * 60_000;
/** Hours of the UTC day; the clock's cron route calls ten minutes later. */
const SLOTS = [6, 18];
/** A slot that comes sooner after a refresh is left out: it would learn little. */
const LEAST_HOURS_BETWEEN = 6;
/** Two slots and the time to work them: what is older was missed. */
const STALE_AFTER_HOURS = 30;

/** The first slot that is not too soon after `now`. */
export function nextSlot(now: Date): Date {
  const earliest = now.getTime() + LEAST_HOURS_BETWEEN * HOUR_MS;
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const slots = [0, 24].flatMap((day) => SLOTS.map((hour) => midnight + (day + hour) * HOUR_MS));
  return new Date(slots.find((slot) => slot >= earliest)!);
}

/** When an account that was last asked at `lastStartedAt` may be asked again by hand. */
export function mayAskAgainAt(lastStartedAt: Date | null): Date {
  return new Date(lastStartedAt ? lastStartedAt.getTime() + LEAST_HOURS_BETWEEN * HOUR_MS : 0);
}

export function isStale(asOf: Date | null, now: Date): boolean {
  return asOf !== null && now.getTime() - asOf.getTime() > STALE_AFTER_HOURS * HOUR_MS;
}
