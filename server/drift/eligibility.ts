/** Pure: whether AWS takes a drift detection of a stack, by the stack's status. */
import type { Eligibility } from "./views";

/**
 * The states that CloudFormation accepts ("Detect drift on an entire CloudFormation stack", CloudFormation user guide), and
 * IMPORT_COMPLETE, which it accepts without listing it. AWS has the last word: its ValidationError ends the job with AWS's reason.
 */
const detectable = new Set([
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_ROLLBACK_COMPLETE",
  "UPDATE_ROLLBACK_FAILED",
  "IMPORT_COMPLETE",
]);

export function eligibilityOf({ status, isGone }: { status: string | null; isGone: boolean }): Eligibility {
  if (isGone) return no("The stack is gone from its account.");
  if (status === null) return no("The stack's status is not known. Sync its account, then try again.");
  if (detectable.has(status)) return { isEligible: true };
  if (isSettling(status))
    return { ...no(`The stack is ${status}; drift can be detected once it settles.`), mayHaveSettled: true };
  return no(
    `The stack is ${status}; AWS detects drift only in stacks that were created, updated or imported completely.`,
  );
}

/** The stack was changing when inventory read its status; by now it may have settled, and only AWS knows. */
export function isSettling(status: string | null): boolean {
  return status?.endsWith("_IN_PROGRESS") ?? false;
}

function no(reason: string) {
  return { isEligible: false as const, reason, mayHaveSettled: false };
}
