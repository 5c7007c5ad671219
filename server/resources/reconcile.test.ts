import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CollectedResource } from "../aws/collectors/define";
import { reconcile, rollupsOf, type StoredResource } from "./reconcile";

const resource = (nativeId: string, more: Partial<CollectedResource> = {}): CollectedResource => ({
  nativeId,
  arn: null,
  name: nativeId,
  region: "eu-west-1",
  state: "running",
  tags: {},
  facts: {},
  config: {},
  ...more,
});

/** What is stored after a full scan that found `resources`. */
function stored(...resources: CollectedResource[]): Map<string, StoredResource> {
  const { writes } = reconcile(new Map()).page(resources);
  return new Map(writes.map(({ nativeId, hash, region, state }) => [nativeId, { hash, region, state, isGone: false }]));
}

describe("reconcile", () => {
  it("writes what is new", () => {
    const outcome = reconcile(new Map()).page([resource("i-1")]);
    expect(outcome).toMatchObject({ appeared: 1, changed: 0, writes: [{ nativeId: "i-1", sortName: "i-1" }] });
  });

  it("writes nothing for what has not changed, whatever the order of keys", () => {
    const before = stored(resource("i-1", { config: { a: 1, b: [1, { c: 2, d: 3 }] } }));
    const outcome = reconcile(before).page([resource("i-1", { config: { b: [1, { d: 3, c: 2 }], a: 1 } })]);
    expect(outcome).toEqual({ writes: [], appeared: 0, changed: 0 });
  });

  it("writes what has changed", () => {
    const outcome = reconcile(stored(resource("i-1"))).page([resource("i-1", { state: "stopped" })]);
    expect(outcome).toMatchObject({ appeared: 0, changed: 1, writes: [{ state: "stopped" }] });
  });

  it("writes what is said of a resource, and counts it as no change", () => {
    const before = stored(resource("s-1", { remarks: { driftStatus: "IN_SYNC" } }));
    const outcome = reconcile(before).page([resource("s-1", { remarks: { driftStatus: "DRIFTED" } })]);
    expect(outcome).toMatchObject({ appeared: 0, changed: 0, writes: [{ facts: { driftStatus: "DRIFTED" } }] });
    const changed = reconcile(before).page([
      resource("s-1", { remarks: { driftStatus: "DRIFTED" }, state: "stopped" }),
    ]);
    expect(changed).toMatchObject({ changed: 1 });
  });

  it("writes tags that could not be read before, and counts it as no change", () => {
    const before = stored(resource("i-1", { tags: undefined }));
    const outcome = reconcile(before).page([resource("i-1", { tags: { team: "web" } })]);
    expect(outcome).toMatchObject({ appeared: 0, changed: 0, writes: [{ tags: { team: "web" } }] });
    const changed = reconcile(before).page([resource("i-1", { tags: { team: "web" }, state: "stopped" })]);
    expect(changed).toMatchObject({ changed: 1 });
    const retagged = reconcile(stored(resource("i-1"))).page([resource("i-1", { tags: { team: "web" } })]);
    expect(retagged).toMatchObject({ changed: 1 });
  });

  it("names what was not found as missing", () => {
    const scan = reconcile(stored(resource("i-1"), resource("i-2")));
    scan.page([resource("i-2")]);
    expect(scan.missing()).toEqual(["i-1"]);
  });

  it("does not name as missing what was gone before", () => {
    const before = stored(resource("i-1"));
    before.set("i-1", { ...before.get("i-1")!, isGone: true });
    expect(reconcile(before).missing()).toEqual([]);
  });

  it("brings back what was gone and is there again, unchanged or not", () => {
    const before = stored(resource("i-1"));
    before.set("i-1", { ...before.get("i-1")!, isGone: true });
    expect(reconcile(before).page([resource("i-1")])).toMatchObject({ changed: 1, appeared: 0 });
  });

  it("keeps the stored tags comparable when the tags could not be read", () => {
    const before = stored(resource("i-1", { tags: { team: "web" } }));
    const { tags: _unread, ...untagged } = resource("i-1");
    expect(reconcile(before).page([untagged]).writes).toEqual([]);
    expect(reconcile(before).page([{ ...untagged, state: "stopped" }]).writes).toMatchObject([{ tags: null }]);
  });

  it("takes a resource that AWS lists twice as one", () => {
    const scan = reconcile(new Map());
    expect(scan.page([resource("i-1"), resource("i-1")]).appeared).toBe(1);
    expect(scan.seen()).toBe(1);
  });

  it("keeps Dates as ISO text and drops NUL characters, which PostgreSQL refuses", () => {
    const { writes } = reconcile(new Map()).page([resource("i-1", { config: { at: new Date(0), note: "a\u0000b" } })]);
    expect(writes[0]?.config).toEqual({ at: "1970-01-01T00:00:00.000Z", note: "ab" });
  });

  it("ends with exactly what was collected, live, for any two scans", () => {
    const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const scan = reconcile(stored(...first.map((id) => resource(id))));
        scan.page(second.map((id) => resource(id)));
        const gone = scan.missing();
        expect([...gone].sort()).toEqual(first.filter((id) => !second.includes(id)).sort());
        const live = scan.rollups().reduce((sum, row) => sum + row.live, 0);
        expect(live).toBe(second.length);
      }),
    );
  });
});

describe("rollupsOf", () => {
  it("counts by region and state, gone apart", () => {
    const row = { region: "eu-west-1", state: "running", isGone: false };
    expect(rollupsOf([row, row, { ...row, isGone: true }, { ...row, state: null }])).toEqual([
      { region: "eu-west-1", state: "", live: 1, gone: 0 },
      { region: "eu-west-1", state: "running", live: 2, gone: 1 },
    ]);
  });
});
