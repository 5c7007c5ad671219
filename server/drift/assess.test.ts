import { describe, expect, it } from "vitest";
import { toDrift } from "../aws/cloudformation";
import { assess, resolvedSince, type FoundResource } from "./assess";
import { answers, members } from "../aws/fixtures/resource-drifts";

const drifts = answers.map(toDrift);
const first = assess({ members, drifts, before: null, hasFailed: false });
const byId = (found: FoundResource[], id: string) => found.find(({ logicalId }) => logicalId === id)!;

describe("assess", () => {
  it("has one entry for each resource of the stack, whatever AWS left out", () => {
    expect(first.map(({ logicalId, driftStatus }) => [logicalId, driftStatus])).toEqual([
      ["Queue", "MODIFIED"],
      ["Topic", "IN_SYNC"],
      ["Table", "DELETED"],
      ["Key", "UNKNOWN"],
      ["Alarm", "NOT_CHECKED"],
      ["Function", "MODIFIED"],
      ["Module", "UNSUPPORTED"],
      ["Migration", "UNSUPPORTED"],
    ]);
  });
  it("quotes AWS's example of a modified queue by property", () => {
    expect(byId(first, "Queue").differences).toEqual([
      { path: "/DelaySeconds", stablePath: "/DelaySeconds", type: "NOT_EQUAL", expected: 0, actual: 5, isNew: false },
      {
        path: "/RedrivePolicy/maxReceiveCount",
        stablePath: "/RedrivePolicy/maxReceiveCount",
        type: "NOT_EQUAL",
        expected: 10,
        actual: 12,
        isNew: false,
      },
    ]);
  });
  it("gives a deleted resource no side and an unknown one its reason", () => {
    expect(byId(first, "Table")).toMatchObject({ expected: null, actual: null, differences: [], isNew: false });
    expect(byId(first, "Key").reason).toContain("kms:ListResourceTags");
  });
  it("hides a secret on both sides and in the difference, and still tells that it changed", () => {
    const found = byId(first, "Function");
    expect(JSON.stringify(found)).not.toMatch(/hunter2|swordfish/);
    expect(found.differences).toMatchObject([
      { path: "/Environment/Variables/DB_PASSWORD", expected: "[redacted]", actual: "[redacted]" },
    ]);
  });
  it("calls nothing new that the detection before had found, though a list's order changed", () => {
    const again = assess({ members, drifts, before: first, hasFailed: false });
    expect(again.flatMap(({ differences }) => differences).some(({ isNew }) => isNew)).toBe(false);
    expect(again.some(({ isNew }) => isNew)).toBe(false);
    expect(resolvedSince(first, again)).toEqual([]);
  });
  it("calls new what was in sync before, and resolved what is in sync now", () => {
    const calm = first.map((found) => ({ ...found, driftStatus: "IN_SYNC", differences: [], isNew: false }));
    const later = assess({ members, drifts, before: calm, hasFailed: false });
    expect(byId(later, "Queue").differences.map(({ isNew }) => isNew)).toEqual([true, true]);
    expect(byId(later, "Table").isNew).toBe(true);
    expect(resolvedSince(first, calm)).toEqual([
      { logicalId: "Queue", path: "/DelaySeconds" },
      { logicalId: "Queue", path: "/RedrivePolicy/maxReceiveCount" },
      { logicalId: "Table", path: "" },
      { logicalId: "Function", path: "/Environment/Variables/DB_PASSWORD" },
    ]);
  });
  it("resolves nothing of a resource that could not be checked this time", () => {
    const blind = first.map((found) => ({ ...found, driftStatus: "UNKNOWN", differences: [] }));
    expect(resolvedSince(first, blind)).toEqual([]);
  });
  it("takes what a failed detection did not reach for unknown, unless its type is known to be unsupported", () => {
    const failed = assess({ members, drifts: drifts.slice(0, 1), before: first, hasFailed: true });
    expect(byId(failed, "Topic")).toMatchObject({ driftStatus: "UNKNOWN", reason: expect.stringContaining("failed") });
    expect(byId(failed, "Migration").driftStatus).toBe("UNSUPPORTED");
  });
});
