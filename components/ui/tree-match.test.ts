import { describe, expect, it } from "vitest";
import { childrenOf, isMoreThan, summaryOf, treeMatches } from "./tree-match";

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

describe("childrenOf", () => {
  it("tells fields by name and a list's members in their order", () => {
    expect(childrenOf({ VpcId: "vpc-1", ImageId: "ami-1", arn: null }).map(([name]) => name)).toEqual([
      "arn",
      "ImageId",
      "VpcId",
    ]);
    expect(childrenOf(["b", "a"])).toEqual([
      ["0", "b"],
      ["1", "a"],
    ]);
  });
});

describe("summaryOf", () => {
  it("counts what is inside", () => {
    expect([summaryOf([1]), summaryOf({ a: 1, b: 2 }), summaryOf([])]).toEqual(["1 item", "2 fields", "0 items"]);
  });
});

describe("isMoreThan", () => {
  const tree = { a: [1, 2, 3], b: { c: { d: null } }, e: "f" };
  it("counts every row down to its depth", () => {
    expect([1, 2, 9].map((depth) => [2, 3, 6, 7, 8].filter((limit) => isMoreThan(limit, tree, depth)))).toEqual([
      [2],
      [2, 3, 6],
      [2, 3, 6, 7],
    ]);
  });
  it("finds nothing under a leaf", () => {
    expect(isMoreThan(0, "leaf", 9)).toBe(false);
  });
});
