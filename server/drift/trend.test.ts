import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trendOf } from "./trend";
import type { DriftVerdict } from "./views";

const now = new Date("2026-11-24T10:00:00Z");
const at = (stackId: string, time: string, verdict: "DRIFTED" | "IN_SYNC" | "PARTIAL") => ({
  stackId,
  completedAt: new Date(time),
  verdict,
});

const stack = (id: string, verdict: DriftVerdict) => ({ id, verdict });

describe("trendOf", () => {
  it("counts each stack with its last detection by the end of the day, and today as it stands now", () => {
    const trend = trendOf(
      [stack("a", "IN_SYNC"), stack("b", "PARTIAL")],
      [
        at("a", "2026-11-24T09:00:00Z", "IN_SYNC"),
        at("a", "2026-11-22T23:59:59Z", "DRIFTED"),
        at("b", "2026-10-01T00:00:00Z", "PARTIAL"),
        at("gone", "2026-11-23T00:00:00Z", "DRIFTED"),
      ],
      now,
      3,
    );
    expect(trend).toEqual([
      { day: "2026-11-22", drifted: 1, inSync: 0, other: 1, notChecked: 0 },
      { day: "2026-11-23", drifted: 1, inSync: 0, other: 1, notChecked: 0 },
      { day: "2026-11-24", drifted: 0, inSync: 1, other: 1, notChecked: 0 },
    ]);
  });
  it("has today what the list says, whether a rule or another's detection says otherwise than the last one of ours", () => {
    const [yesterday, today] = trendOf(
      [stack("ignored", "ALL_IGNORED"), stack("others", "DRIFTED"), stack("unseen", "UNVERIFIED")],
      [at("ignored", "2026-11-23T09:00:00Z", "DRIFTED"), at("others", "2026-11-23T09:00:00Z", "IN_SYNC")],
      now,
      2,
    );
    expect(yesterday).toMatchObject({ drifted: 1, inSync: 1, other: 0, notChecked: 1 });
    expect(today).toMatchObject({ drifted: 1, inSync: 0, other: 1, notChecked: 1 });
  });
  it("has 30 days that each add up to the stacks", () => {
    const verdict = fc.constantFrom("DRIFTED" as const, "IN_SYNC" as const, "ALL_IGNORED" as const);
    const detection = fc.record({
      stackId: fc.constantFrom("a", "b", "c", "d"),
      completedAt: fc.date({ min: new Date("2026-10-01"), max: now, noInvalidDate: true }),
      verdict,
    });
    fc.assert(
      fc.property(fc.array(detection), verdict, (detections, current) => {
        const trend = trendOf([stack("a", current), stack("b", "NOT_CHECKED"), stack("c", current)], detections, now);
        expect(trend).toHaveLength(30);
        for (const { drifted, inSync, other, notChecked } of trend)
          expect(drifted + inSync + other + notChecked).toBe(3);
      }),
    );
  });
});
