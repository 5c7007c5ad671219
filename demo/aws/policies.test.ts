import { describe, expect, it } from "vitest";
import { actionOf, evaluate, trustPolicy, trusts, without } from "./policies";

const allow = (...Action: string[]) => ({ Statement: { Effect: "Allow" as const, Action } });
const deny = (...Action: string[]) => ({ Statement: { Effect: "Deny" as const, Action } });

describe("evaluate", () => {
  it("denies what nothing allows", () => {
    expect(evaluate([allow("ec2:DescribeVolumes")], "ec2:DescribeInstances")).toBe("implicitDeny");
  });

  it("allows by wildcard, without regard to case", () => {
    expect(evaluate([allow("EC2:describe*")], "ec2:DescribeInstances")).toBe("allowed");
  });

  it("lets a denial win over every allowance", () => {
    expect(evaluate([allow("*"), deny("rds:Describe*")], "rds:DescribeDBInstances")).toBe("explicitDeny");
  });

  it("takes a dot in a pattern as a dot", () => {
    expect(evaluate([allow("a.b:c")], "aXb:c")).toBe("implicitDeny");
  });

  it("allows on the named resource alone", () => {
    const own = "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole";
    const document = { Statement: { Effect: "Allow" as const, Action: "iam:GetRole", Resource: own } };
    expect(evaluate([document], "iam:GetRole", own)).toBe("allowed");
    expect(evaluate([document], "iam:GetRole", own.replace("Monitoring", "Other"))).toBe("implicitDeny");
  });
});

describe("without", () => {
  it("leaves actions out, so that nothing allows and nothing denies them", () => {
    const left = without([allow("rds:DescribeDBInstances", "ec2:DescribeInstances")], ["rds:Describe*"]);
    expect(evaluate(left, "rds:DescribeDBInstances")).toBe("implicitDeny");
    expect(evaluate(left, "ec2:DescribeInstances")).toBe("allowed");
  });

  it("denies what a wildcard would still allow", () => {
    const left = without([allow("*")], ["rds:Describe*"]);
    expect(evaluate(left, "rds:DescribeDBInstances")).toBe("explicitDeny");
  });
});

describe("trusts", () => {
  const caller = { arn: "arn:aws:iam::999900001111:user/cloudguard", account: "999900001111" };
  const ours = "arn:aws:iam::999900001111:root";

  it("lets the principal in that names the ExternalId", () => {
    expect(trusts(trustPolicy(ours, "id-1"), caller, "id-1")).toBe(true);
    expect(trusts(trustPolicy(caller.arn, "id-1"), caller, "id-1")).toBe(true);
  });

  it.each(["id-2", "ID-1", "", undefined])("refuses the ExternalId %j", (externalId) => {
    expect(trusts(trustPolicy(ours, "id-1"), caller, externalId)).toBe(false);
  });

  it("refuses another principal, whatever it names", () => {
    expect(trusts(trustPolicy("arn:aws:iam::111111111111:root", "id-1"), caller, "id-1")).toBe(false);
  });

  it("takes any ExternalId or none where the policy asks for none", () => {
    expect(trusts(trustPolicy(ours, null), caller, undefined)).toBe(true);
    expect(trusts(trustPolicy(ours, null), caller, "anything")).toBe(true);
  });
});

describe("actionOf", () => {
  it("knows the actions that are not named like their operation", () => {
    expect(actionOf("s3", "ListBuckets")).toBe("s3:ListAllMyBuckets");
  });

  it("takes the others as they are", () => {
    expect(actionOf("rds", "DescribeDBInstances")).toBe("rds:DescribeDBInstances");
  });
});
