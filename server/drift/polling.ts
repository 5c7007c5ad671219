/** Pure: when a running detection is looked at next, and what a failed look leads to. */
import type { Failure } from "../aws/failure";

/** A detection that takes longer is given up. AWS names no limit; most take seconds, large stacks minutes. */
export const GIVE_UP_AFTER_MS = 60 * 60_000;

/** Seconds until the next look: 5 while the detection is fresh, 15 once it has run for some minutes. */
export function nextLookSeconds(elapsedMs: number): number {
  const minutes = elapsedMs / 60_000;
  return Math.min(15, Math.max(5, Math.round(5 + 2.5 * (minutes - 1))));
}

/** While somebody watches: the result is to be on their screen within six seconds of AWS's end, however old the detection is. */
export const WATCHED_SECONDS = 3;

/** Asked once AWS has said that it is not done: after a night without a worker the result may well be there. */
export function isOverdue(startedAt: Date, now: Date): boolean {
  return now.getTime() - startedAt.getTime() >= GIVE_UP_AFTER_MS;
}

/** What passes is tried three times more, 10, 30 and 60 s apart; what a person must change ends the job. `attempts` counts the errors in a row. */
export function afterFailure(failure: Failure, attempts: number): "give up" | { afterSeconds: number } {
  const passes = failure.kind === "throttled" || failure.kind === "unavailable" || failure.kind === "expired";
  const afterSeconds = [10, 30, 60][attempts - 1];
  return passes && afterSeconds !== undefined ? { afterSeconds } : "give up";
}

/** AWS has answered that it begins nothing. After any other error it may have begun, as its answer alone may have been lost. */
export function isRefusal(failure: Failure): boolean {
  const { kind } = failure;
  return kind === "throttled" || kind === "denied" || (kind === "invalid" && !isAlreadyRunning(failure));
}

/** AWS refuses a second detection of one stack while one runs, whoever began it; then ours waits its turn. */
export function isAlreadyRunning({ kind, message }: Failure): boolean {
  return kind === "invalid" && /already in progress|in progress for stack/i.test(message);
}

/** `Stack with id … does not exist`, `Drift detection cannot be performed on stack […] in UPDATE_IN_PROGRESS state.` */
function isAboutTheStack({ message }: Failure): boolean {
  return /^stack\b.*\bdoes not exist/i.test(message) || /\bon stack\b.*\bstate\b/i.test(message);
}

/** AWS tells our own detection's time again, to the second or so: what is later than this is another's. */
export const OURS_WITHIN_SECONDS = 120;

/** Whether AWS's last check of a stack is another than the one that CloudGuard knows, which was at `ours`. */
export function isNewerThanOurs(checkedAt: Date, ours: Date): boolean {
  return checkedAt.getTime() - ours.getTime() > OURS_WITHIN_SECONDS * 1000;
}

export const DETECTED_SINCE =
  "Somebody has detected the stack since, and CloudGuard has not seen what that found. Detect the whole stack instead.";

/**
 * AWS refuses to look at this one resource: it is not in the stack any more, its type has no drift support, or reading it is not
 * allowed. That the role may not ask at all, that another detection runs, or that the stack is gone or in a state in which AWS
 * looks at none of it, is no news of a resource.
 */
export function isAboutOneResource(failure: Failure): boolean {
  const { kind, action } = failure;
  return kind === "denied"
    ? action !== "cloudformation:DetectStackResourceDrift"
    : kind === "invalid" && !isAlreadyRunning(failure) && !isAboutTheStack(failure);
}
