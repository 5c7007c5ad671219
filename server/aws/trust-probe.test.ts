import { describe, expect, it } from "vitest";
import { altered, type TrustAnswers, verdict } from "./trust-probe";

const grant = {
  awsAccountId: "123456789012",
  roleArn: "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole",
  externalId: "cg-1234",
};
const good: Omit<TrustAnswers, "problem" | "fix"> = {
  withIssuedId: "accepted",
  withoutId: "refused",
  withWrongId: "refused",
  callerArn: "arn:aws:sts::123456789012:assumed-role/CloudGuardMonitoringRole/CloudGuard-check",
  callerAccount: "123456789012",
};
const judge = (answers: Partial<typeof good>) => verdict({ ...good, ...answers }, grant, null, "arn:aws:iam::9:root");

describe("the verdict on a trust policy", () => {
  it("finds nothing wrong with a role that asks for exactly our ExternalId", () => {
    expect(judge({})).toEqual({ problem: null, fix: null });
  });

  it("names each way in that should be closed, and the condition that closes it", () => {
    expect(judge({ withoutId: "accepted" }).problem).toContain("without an ExternalId:");
    expect(judge({ withWrongId: "accepted" }).problem).toContain("with a wrong ExternalId:");
    const both = judge({ withoutId: "accepted", withWrongId: "accepted" });
    expect(both.problem).toContain("without an ExternalId and with a wrong ExternalId");
    expect(both.fix).toContain('"sts:ExternalId": "cg-1234"');
  });

  it("says whom the role must trust when it refuses us", () => {
    const refused = judge({ withIssuedId: "refused", callerAccount: null });
    expect(refused.problem).toContain(grant.roleArn);
    expect(refused.fix).toContain("arn:aws:iam::9:root");
  });

  it("does not take a role of another account", () => {
    expect(judge({ callerAccount: "210987654321" }).problem).toContain("210987654321");
  });

  it("never calls an unanswered question a refusal", () => {
    const open = judge({ withWrongId: "unavailable" });
    expect(open.problem).toContain("could not be asked");
  });
});

describe("the wrong ExternalId", () => {
  it("differs in its last character only", () => {
    expect(altered("abc1")).toBe("abc0");
    expect(altered("abc0")).toBe("abc1");
  });
});
