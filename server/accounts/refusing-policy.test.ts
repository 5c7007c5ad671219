import { describe, expect, it } from "vitest";
import { refusingPolicy } from "./refusing-policy";

const refused =
  "User: arn:aws:sts::123456789012:assumed-role/CloudGuardMonitoringRole/CloudGuard-scan is not authorized to perform: dynamodb:ListTables on resource: arn:aws:dynamodb:us-east-1:123456789012:table/*";

// Examples of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
describe("refusingPolicy", () => {
  it.each([
    ["with an explicit deny in a service control policy", "service control policy"],
    ["because no service control policy allows the dynamodb:ListTables action", "service control policy"],
    ["with an explicit deny in a resource control policy", "resource control policy"],
    ["because no permissions boundary allows the dynamodb:ListTables action", "permissions boundary"],
    ["with an explicit deny in a VPC endpoint policy", "vpc endpoint policy"],
    ["with an explicit deny in an identity-based policy", "identity-based policy"],
  ])("knows that nothing to add to the role would help: %s", (reason, policy) => {
    expect(refusingPolicy(`${refused} ${reason}`)).toBe(policy);
  });
  it.each([
    `${refused} because no identity-based policy allows the dynamodb:ListTables action`,
    `${refused} because no session policy allows the dynamodb:ListTables action`,
    refused,
    "You are not authorized to perform this operation.",
    "",
  ])("leaves it open where the role lacks a statement, or AWS does not say: %s", (message) => {
    expect(refusingPolicy(message)).toBeNull();
  });
});
