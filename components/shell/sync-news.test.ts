import { describe, expect, it } from "vitest";
import type { Sync } from "@/components/accounts/sync-words";
import { syncNews } from "./sync-news";

const sync = (runId: string, state: Sync["state"], trigger: Sync["trigger"] = "SCHEDULE") => ({
  runId,
  state,
  trigger,
});

describe("syncNews", () => {
  it("has none at the first look, whatever runs and has ended", () => {
    const now = [sync("a", "RUNNING"), sync("b", "COMPLETE", "MANUAL")];
    expect(syncNews(null, now)).toEqual({ hasBegun: false, hasEnded: false, asked: [] });
  });

  it("has none while one and the same sync runs", () => {
    const now = [sync("a", "RUNNING"), sync("b", "PARTIAL")];
    expect(syncNews(now, now)).toEqual({ hasBegun: false, hasEnded: false, asked: [] });
  });

  it("knows a sync that the schedule began, and does not say so when it ends", () => {
    expect(syncNews([], [sync("a", "RUNNING")])).toMatchObject({ hasBegun: true, hasEnded: false });
    expect(syncNews([sync("a", "RUNNING")], [sync("a", "COMPLETE")])).toEqual({
      hasBegun: false,
      hasEnded: true,
      asked: [],
    });
  });

  it("knows one that began and ended between two looks", () => {
    expect(syncNews([sync("a", "COMPLETE")], [sync("b", "FAILED"), sync("a", "COMPLETE")])).toEqual({
      hasBegun: false,
      hasEnded: true,
      asked: [],
    });
  });

  it("tells of each that somebody asked for and that was seen running", () => {
    const before = [sync("a", "RUNNING", "MANUAL"), sync("b", "RUNNING", "CONNECT"), sync("c", "RUNNING", "MANUAL")];
    const now = [sync("c", "RUNNING", "MANUAL"), sync("a", "PARTIAL", "MANUAL"), sync("b", "COMPLETE", "CONNECT")];
    expect(syncNews(before, now).asked.map(({ runId }) => runId)).toEqual(["a", "b"]);
  });

  it("has none where an old sync falls off the list's end", () => {
    const before = [sync("a", "COMPLETE"), sync("b", "COMPLETE")];
    expect(syncNews(before, [sync("a", "COMPLETE")])).toEqual({ hasBegun: false, hasEnded: false, asked: [] });
  });
});
