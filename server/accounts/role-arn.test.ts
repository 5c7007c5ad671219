import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRoleArn } from "./role-arn";

describe("parseRoleArn", () => {
  it("takes a role's ARN apart", () => {
    expect(parseRoleArn(" arn:aws:iam::123456789012:role/CloudGuardMonitoringRole\n")).toEqual({
      ok: true,
      value: {
        roleArn: "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole",
        awsAccountId: "123456789012",
        roleName: "CloudGuardMonitoringRole",
        path: "/",
      },
    });
  });

  it("takes a role with a path that our own policy reaches", () => {
    const parsed = parseRoleArn("arn:aws:iam::123456789012:role/CloudGuard/ops/CloudGuardX");
    expect(parsed).toMatchObject({ ok: true, value: { roleName: "CloudGuardX", path: "/CloudGuard/ops/" } });
  });

  it("takes no role of another name or below another path, and says why", () => {
    const names = ["MonitoringRole", "cloudguardMonitoring", "CloudGuard/Reader", "MyCloudGuardRole"];
    for (const name of [...names, "team/CloudGuardX"]) {
      const parsed = parseRoleArn(`arn:aws:iam::123456789012:role/${name}`);
      expect(parsed.ok ? "accepted" : parsed.message).toMatch(/begin.* with \/?CloudGuard.* may only assume/);
    }
  });

  it.each([
    ["", /Paste the role/],
    ["CloudGuardMonitoringRole", /not an ARN/],
    ["arn:aws-cn:iam::123456789012:role/X", /aws-cn is not supported/],
    ["arn:aws-us-gov:iam::123456789012:role/X", /aws-us-gov is not supported/],
    ["arn:azure:iam::123456789012:role/X", /must be aws/],
    ["arn:aws:s3:::bucket", /not of IAM/],
    ["arn:aws:iam::12345:role/X", /twelve digits/],
    ["arn:aws:iam::123456789012:user/jo", /ARN of a user/],
    ["arn:aws:iam::123456789012:root", /account's root/],
    ["arn:aws:iam::123456789012:role/", /name has characters/],
    ["arn:aws:iam::123456789012:role/a b", /name has characters/],
    [`arn:aws:iam::123456789012:role/${"a".repeat(65)}`, /more than 64/],
    ["arn:aws:sts::123456789012:assumed-role/X/session", /a session/],
    [`arn:aws:iam::123456789012:role/${"a/".repeat(5000)}`, /longer than any/],
  ])("says what is wrong with %j", (input, message) => {
    const parsed = parseRoleArn(input);
    expect(parsed.ok ? "accepted" : parsed.message).toMatch(message);
  });

  it("answers anything at all, quickly", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `arn:aws:iam::123456789012:role/${tail}`),
        ),
        (input) => {
          const parsed = parseRoleArn(input);
          expect(parsed.ok || parsed.message.length > 10).toBe(true);
        },
      ),
    );
  });
});
