import { describe, expect, it } from "vitest";
import { gapReason, regionsText } from "./gap-words";

const gap = { accountName: "Northwind data", action: "rds:DescribeDBInstances", message: "no", refusedBy: null };

describe("gapReason", () => {
  it("names the action to add where AWS denied it", () => {
    expect(gapReason({ ...gap, kind: "denied" }, "RDS instance")).toBe(
      "CloudGuard may not read RDS instances in Northwind data. Add rds:DescribeDBInstances to the role.",
    );
  });
  it("asks for no statement that another policy would overrule", () => {
    expect(gapReason({ ...gap, kind: "denied", refusedBy: "service control policy" }, "RDS instance")).toBe(
      "CloudGuard may not read RDS instances in Northwind data. The role cannot grant it: a service control policy denies rds:DescribeDBInstances.",
    );
  });
  it("passes on AWS's words where no action is known", () => {
    expect(gapReason({ ...gap, action: null, kind: "denied" }, "RDS instance")).toContain("AWS said: no");
  });
  it("says so where there is nothing to do", () => {
    expect(gapReason({ ...gap, kind: "throttled" }, "RDS instance")).toContain("Nothing to do");
  });
});

describe("regionsText", () => {
  it("names a few regions and counts many", () => {
    expect(regionsText(["eu-west-1", "us-east-1"])).toBe("eu-west-1, us-east-1");
    expect(regionsText(["a", "b", "c", "d"])).toBe("4 regions");
    expect(regionsText(["aws-global"])).toBe("all regions");
  });
});
