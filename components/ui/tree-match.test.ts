import { describe, expect, it } from "vitest";
import { summaryOf, treeMatches } from "./tree-match";

const config = { Vpc: { VpcId: "vpc-1", Subnets: ["subnet-a", "subnet-b"] }, Ebs: null };

describe("treeMatches", () => {
  it("finds a key and a value at any depth, whatever their case", () => {
    expect([
      treeMatches("", config, "vpcid"),
      treeMatches("", config, "subnet-b"),
      treeMatches("", config, "null"),
    ]).toEqual([true, true, true]);
  });
  it("leaves out what holds neither", () => {
    expect(treeMatches("Vpc", config.Vpc, "ebs")).toBe(false);
  });
  it("keeps everything for an empty search", () => {
    expect(treeMatches("Ebs", null, "")).toBe(true);
  });
});

describe("summaryOf", () => {
  it("counts what is inside", () => {
    expect([summaryOf([1]), summaryOf({ a: 1, b: 2 }), summaryOf([])]).toEqual(["1 item", "2 fields", "0 items"]);
  });
});
