import { describe, expect, it } from "vitest";
import type { PropertyDrift, ResourceDrift } from "@/server/drift/views";
import { groupResources } from "./resource-groups";

const rule = { ruleId: "r", reason: "noise" };
const difference = (ignoredBy: PropertyDrift["ignoredBy"]): PropertyDrift => ({
  path: "/Tags/0",
  stablePath: "/Tags[Owner]",
  type: "ADD",
  expected: null,
  actual: "x",
  severity: "LOW",
  because: "A tag",
  isNew: false,
  ignoredBy,
});
const resource = (logicalId: string, driftStatus: string, more: Partial<ResourceDrift> = {}): ResourceDrift => ({
  logicalId,
  physicalId: null,
  type: "AWS::S3::Bucket",
  driftStatus,
  reason: null,
  checkedAt: null,
  severity: null,
  expected: null,
  actual: null,
  differences: [],
  ignoredBy: null,
  isNew: false,
  console: { url: "https://console.aws.amazon.com", isOwnPage: false },
  resourceId: null,
  ...more,
});
const told = (resources: ResourceDrift[]) =>
  groupResources(resources).map(({ key, resources: within }) => [key, within.map(({ logicalId }) => logicalId)]);

describe("groupResources", () => {
  it("puts first what asks for something, and leaves out what is empty", () => {
    expect(
      told([resource("A", "IN_SYNC"), resource("B", "MODIFIED"), resource("C", "UNKNOWN"), resource("D", "DELETED")]),
    ).toEqual([
      ["MODIFIED", ["B"]],
      ["DELETED", ["D"]],
      ["UNKNOWN", ["C"]],
      ["IN_SYNC", ["A"]],
    ]);
  });
  it("tells what is wholly ignored from what is so in part", () => {
    expect(
      told([
        resource("All", "MODIFIED", { differences: [difference(rule), difference(rule)] }),
        resource("Some", "MODIFIED", { differences: [difference(rule), difference(null)] }),
        resource("Gone", "DELETED", { ignoredBy: rule }),
      ]),
    ).toEqual([
      ["MODIFIED", ["Some"]],
      ["IGNORED", ["All", "Gone"]],
    ]);
  });
  it("keeps a status that it has never heard of", () => {
    expect(told([resource("A", "QUANTUM")])).toEqual([["QUANTUM", ["A"]]]);
  });
});
