import { describe, expect, it } from "vitest";
import { nameParts } from "./name-parts";

describe("nameParts", () => {
  it("breaks an action after its service and between its words", () => {
    expect(nameParts("lambda:GetFunctionConfiguration")).toEqual(["lambda:", "Get", "Function", "Configuration"]);
  });
  it("keeps an abbreviation together", () => {
    expect(nameParts("rds:DescribeDBInstances")).toEqual(["rds:", "Describe", "DBInstances"]);
  });
  it("loses nothing", () => {
    for (const name of ["", "a::b", "AWS::EC2::Instance", "ec2:*", "tag:GetResources:", "x y"])
      expect(nameParts(name).join("")).toBe(name);
  });
});
