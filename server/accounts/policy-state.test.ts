import { describe, expect, it } from "vitest";
import { policyState } from "./policy-state";
import { POLICY_VERSION, rolePolicies } from "./role-policy";

describe("policyState", () => {
  const documents = rolePolicies().map(({ document }) => JSON.stringify(document));

  it("knows today's policies", () => {
    expect(policyState(documents)).toEqual({
      current: POLICY_VERSION,
      found: POLICY_VERSION,
      isOutdated: false,
      note: null,
    });
  });

  it("says when they are older", () => {
    const old = documents.map((text) => text.replaceAll(POLICY_VERSION, "20250101"));
    expect(policyState(old)).toMatchObject({ found: "20250101", isOutdated: true });
  });

  it("claims nothing where it could not read them or they are not ours", () => {
    expect(policyState([])).toMatchObject({ found: null, isOutdated: null });
    const failure = { kind: "denied", code: "AccessDenied", message: "no", action: null, awsRequestId: null } as const;
    expect(policyState(failure)).toMatchObject({ found: null, isOutdated: null, note: expect.stringContaining("no") });
  });
});
