import { describe, expect, it } from "vitest";
import { syncChanges, syncOutcome, type Sync } from "./sync-words";

const sync: Sync = {
  runId: "r",
  accountId: "a",
  trigger: "MANUAL",
  state: "COMPLETE",
  region: null,
  startedAt: new Date(0),
  finishedAt: new Date(1),
  cellsTotal: 4,
  cellsDone: 4,
  cellsFailed: 0,
  resourcesSeen: 10,
  appeared: 1200,
  changed: 0,
  gone: 2,
  slow: [],
  failure: null,
};

describe("syncChanges", () => {
  it("leaves out what did not happen", () => {
    expect(syncChanges(sync)).toBe("1,200 new, 2 gone");
    expect(syncChanges({ appeared: 0, changed: 0, gone: 0 })).toBe("no changes");
    expect(syncChanges({ appeared: 0, changed: 4500, gone: 1200 })).toBe("4,500 changed, 1,200 gone");
  });
});

describe("syncOutcome", () => {
  it("does not call a sync good that could not read everything", () => {
    expect(syncOutcome({ ...sync, state: "PARTIAL", cellsFailed: 1 }, "Staging")).toEqual({
      isGood: false,
      message: "Synced Staging in part: 1 scan could not be read; 1,200 new, 2 gone.",
    });
  });
  it("says why a sync failed", () => {
    expect(syncOutcome({ ...sync, state: "FAILED", failure: "The role is gone." }, "Staging").message).toContain(
      "The role is gone.",
    );
  });
});
