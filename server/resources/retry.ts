/** Pure: whether a failed scan is tried again in the same run. */
import type { Failure } from "../aws/failure";

const passing: ReadonlySet<Failure["kind"]> = new Set(["throttled", "unavailable", "expired"]);
const MOST_ATTEMPTS = 3;

/** What passes is tried three times in all, 5 s and then 20 s apart; what a person must change is not. */
export function nextStep(failure: Failure, attempts: number): "give up" | { afterSeconds: number } {
  if (!passing.has(failure.kind) || attempts >= MOST_ATTEMPTS) return "give up";
  return { afterSeconds: attempts <= 1 ? 5 : 20 };
}
