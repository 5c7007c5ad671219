import { describe, expect, it } from "vitest";
import { actionOf, evaluate } from "./policies";

const allow = (...Action: string[]) => ({ Statement: { Effect: "Allow" as const, Action } });
const deny = (...Action: string[]) => ({ Statement: { Effect: "Deny" as const, Action } });

describe("evaluate", () => {
  it("denies what nothing allows", () => expect(evaluate([allow("ec2:DescribeVolumes")], "ec2:DescribeInstances")).toBe("implicitDeny"));
  it("allows by wildcard, without regard to case", () => expect(evaluate([allow("EC2:describe*")], "ec2:DescribeInstances")).toBe("allowed"));
  it("lets a denial win over every allowance", () => expect(evaluate([allow("*"), deny("rds:Describe*")], "rds:DescribeDBInstances")).toBe("explicitDeny"));
  it("takes a dot in a pattern as a dot", () => expect(evaluate([allow("a.b:c")], "aXb:c")).toBe("implicitDeny"));
});

describe("actionOf", () => {
  it("knows the actions that are not named like their operation", () => expect(actionOf("s3", "ListBuckets")).toBe("s3:ListAllMyBuckets"));
  it("takes the others as they are", () => expect(actionOf("rds", "DescribeDBInstances")).toBe("rds:DescribeDBInstances"));
});
