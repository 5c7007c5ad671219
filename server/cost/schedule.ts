/**
 * Pure: when costs are read. AWS renews them up to three times a day and every question is paid, so an account is asked at most twice a
 * UTC day: once before noon and once after it, by the clock or by hand.
 */

const HOUR_MS = 60 * 60_000;
const HALF_DAY_MS = 12 * HOUR_MS;
/** Into its half of the day a refresh comes by itself so late: at 06:00 and 18:00. The clock's cron route calls ten minutes later. */
const SLOT_MS = 6 * HOUR_MS;
/** Two slots and the time to work them: what is older was missed. */
const STALE_AFTER_HOURS = 30;

/** The slot of the next half day. */
export function nextSlot(now: Date): Date {
  return new Date(nextHalfDay(now).getTime() + SLOT_MS);
}

/** When an account that was last asked at `lastStartedAt` may be asked again by hand. */
export function mayAskAgainAt(lastStartedAt: Date | null): Date {
  return lastStartedAt ? nextHalfDay(lastStartedAt) : new Date(0);
}

/** The epoch begins at midnight UTC, so its half days are those of every day. */
function nextHalfDay(moment: Date): Date {
  return new Date((Math.floor(moment.getTime() / HALF_DAY_MS) + 1) * HALF_DAY_MS);
}

/** The cap's month ends and the next one begins. */
export function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}

/** What passes is tried again after 2, 10 and 60 minutes, then at the next slot like everything that a person must change. */
export function retryAt(attempts: number, isPassing: boolean, now: Date): Date {
  const minutes = [2, 10, 60][attempts - 1];
  if (!isPassing || minutes === undefined) return nextSlot(now);
  return new Date(now.getTime() + minutes * 60_000);
}

export function isStale(asOf: Date | null, now: Date): boolean {
  return asOf !== null && now.getTime() - asOf.getTime() > STALE_AFTER_HOURS * HOUR_MS;
}
