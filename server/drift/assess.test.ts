import { describe, expect, it } from "vitest";
import { toDrift } from "../aws/cloudformation";
import { assess, resolvedSince, type FoundResource } from "./assess";
import { answers, members } from "../aws/fixtures/resource-drifts";

const drifts = answers.map(toDrift);
const first = assess({ members, drifts, before: null });
/** As the fixture's answers have it. */
const begunAt = drifts[0]!.checkedAt!;
const unsaid = { told: null, actual: null, expected: { Password: "hunter2" } };
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
    const again = assess({ members, drifts, before: first });
    expect(again.flatMap(({ differences }) => differences).some(({ isNew }) => isNew)).toBe(false);
    expect(again.some(({ isNew }) => isNew)).toBe(false);
    expect(resolvedSince(first, again)).toEqual([]);
  });
  it("calls new what was in sync before, and resolved what is in sync now", () => {
    const calm = first.map((found) => ({ ...found, driftStatus: "IN_SYNC", differences: [], isNew: false }));
    const later = assess({ members, drifts, before: calm });
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
    const failed = assess({ members, drifts: drifts.slice(0, 1), before: first, failedSince: begunAt });
    expect(byId(failed, "Topic")).toMatchObject({ driftStatus: "UNKNOWN", reason: expect.stringContaining("failed") });
    expect(byId(failed, "Migration").driftStatus).toBe("UNSUPPORTED");
  });
  it("takes what AWS tells of an earlier detection for no result of one that failed", () => {
    const failedSince = new Date(begunAt.getTime() + 1);
    const late = drifts.map((drift) => (drift.logicalId === "Topic" ? { ...drift, checkedAt: failedSince } : drift));
    const failed = assess({ members, drifts: late, before: first, failedSince });
    expect(failed.filter(({ driftStatus }) => driftStatus !== "UNKNOWN").map(({ logicalId }) => logicalId)).toEqual([
      "Topic",
      "Module",
      "Migration",
    ]);
    expect(byId(failed, "Queue")).toMatchObject({ differences: [], reason: expect.stringContaining("failed before") });
  });
  it("has a difference for all that AWS calls modified, though AWS does not say what differs", () => {
    const silent = drifts.map((drift) => (drift.logicalId === "Queue" ? { ...drift, ...unsaid } : drift));
    const unsaidQueue = byId(assess({ members, drifts: silent, before: null }), "Queue");
    expect(unsaidQueue.differences).toMatchObject([{ path: "/", type: "NOT_EQUAL", actual: null }]);
    expect(JSON.stringify(unsaidQueue)).not.toContain("hunter2");
  });
});

describe("resolvedSince", () => {
  const rule = (at: number, FromPort: number) => ({
    path: `/Ingress/${at}`,
    stablePath: `/Ingress/${at}`,
    type: "ADD" as const,
    expected: null,
    actual: { FromPort },
    isNew: false,
  });
  const group = (...differences: ReturnType<typeof rule>[]) => [
    { ...first[0]!, logicalId: "Group", driftStatus: "MODIFIED", differences },
  ];
  const path = (FromPort: number, at: number) => ({ logicalId: "Group", path: rule(at, FromPort).path });

  it("names the closed rule, though another has taken its place in the list", () => {
    expect(resolvedSince(group(rule(1, 22), rule(2, 80)), group(rule(1, 80)))).toEqual([path(22, 1)]);
    expect(resolvedSince(group(rule(1, 22)), group(rule(1, 80)))).toEqual([path(22, 1)]);
    expect(resolvedSince(group(rule(1, 22)), group(rule(3, 22)))).toEqual([]);
  });
  it("calls nothing resolved that still differs, with another value", () => {
    const size = (actual: number) => ({ ...rule(0, 0), path: "/Size", stablePath: "/Size", expected: 1, actual });
    const changed = (actual: number) => group({ ...size(actual), type: "NOT_EQUAL" } as never);
    expect(resolvedSince(changed(2), changed(3))).toEqual([]);
    expect(resolvedSince(changed(2), group())).toEqual([{ logicalId: "Group", path: "/Size" }]);
  });
});
