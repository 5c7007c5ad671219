import { describe, expect, it } from "vitest";
import { gapReason, regionsText } from "./gap-words";

const gap = {
  subject: "resources" as const,
  types: ["AWS::RDS::DBInstance"],
  regions: ["eu-west-1"],
  accountName: "Northwind data",
  action: "rds:DescribeDBInstances",
  message: "no",
  refusedBy: null,
};
const labelOf = () => "RDS instance";

describe("gapReason", () => {
  it("names the action to add where AWS denied it", () => {
    expect(gapReason({ ...gap, kind: "denied" }, labelOf)).toBe(
      "CloudGuard may not read RDS instances in Northwind data. Add rds:DescribeDBInstances to the role.",
    );
  });
  it("asks for no statement that another policy would overrule", () => {
    expect(gapReason({ ...gap, kind: "denied", refusedBy: "service control policy" }, labelOf)).toBe(
      "CloudGuard may not read RDS instances in Northwind data. The role cannot grant it: a service control policy denies rds:DescribeDBInstances.",
    );
  });
  it("passes on AWS's words where no action is known", () => {
    expect(gapReason({ ...gap, action: null, kind: "denied" }, labelOf)).toContain("AWS said: no");
  });
  it("counts the types where there are several", () => {
    expect(gapReason({ ...gap, kind: "throttled", types: ["A", "B"] }, labelOf)).toContain("on 2 resource types in");
  });
  it("says so where there is nothing to do", () => {
    expect(gapReason({ ...gap, kind: "throttled" }, labelOf)).toContain("Nothing to do");
  });
});

describe("gapReason of what is no type", () => {
  it("says that nothing of the account could be read where its role lets nobody in", () => {
    const account = { ...gap, subject: "account" as const, type: null, regions: [], kind: "untrusted" as const };
    expect(gapReason(account, labelOf)).toMatch(
      /^The role of Northwind data does not let CloudGuard in, so nothing could be read\./,
    );
  });
  it("asks for the one action that reads tags", () => {
    const tags = { ...gap, subject: "tags" as const, type: null, action: "tag:GetResources", kind: "denied" as const };
    expect(gapReason(tags, labelOf)).toBe(
      "CloudGuard may not read tags in Northwind data. Add tag:GetResources to the role.",
    );
  });
  it("keeps what was found in a region that was disabled", () => {
    const region = { ...gap, subject: "region" as const, type: null, kind: "notEnabled" as const };
    expect(gapReason(region, labelOf)).toBe(
      "eu-west-1 is no longer enabled in Northwind data. What was found there before is kept.",
    );
  });
});

describe("regionsText", () => {
  it("names a few regions and counts many", () => {
    expect(regionsText(["eu-west-1", "us-east-1"])).toBe("eu-west-1, us-east-1");
    expect(regionsText(["a", "b", "c", "d"])).toBe("4 regions");
    expect(regionsText(["aws-global"])).toBe("all regions");
  });
});
