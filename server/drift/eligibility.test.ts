import { describe, expect, it } from "vitest";
import { eligibilityOf } from "./eligibility";

const reasonOf = (status: string | null, isGone = false) => {
  const found = eligibilityOf({ status, isGone });
  return found.isEligible ? null : found.reason;
};

describe("eligibilityOf", () => {
  it.each([
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "UPDATE_ROLLBACK_FAILED",
    "IMPORT_COMPLETE",
  ])("takes a stack that is %s", (status) => expect(reasonOf(status)).toBeNull());

  it.each(["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "REVIEW_IN_PROGRESS"])(
    "tells to wait for one that is %s",
    (status) => expect(reasonOf(status)).toBe(`The stack is ${status}; drift can be detected once it settles.`),
  );

  it.each(["ROLLBACK_COMPLETE", "CREATE_FAILED", "DELETE_FAILED", "IMPORT_ROLLBACK_COMPLETE", "A_STATE_AWS_ADDED"])(
    "refuses one that is %s, naming the state",
    (status) => expect(reasonOf(status)).toContain(`The stack is ${status};`),
  );

  it("says what to do about one whose state is not known, or that is gone", () => {
    expect(reasonOf(null)).toMatch(/Sync its account/);
    expect(reasonOf("CREATE_COMPLETE", true)).toMatch(/gone/);
  });
});
