import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trendOf } from "./trend";

const now = new Date("2026-11-24T10:00:00Z");
const at = (stackId: string, time: string, verdict: "DRIFTED" | "IN_SYNC" | "PARTIAL") => ({
  stackId,
  completedAt: new Date(time),
  verdict,
});

describe("trendOf", () => {
  it("counts each stack with its last detection by the end of the day", () => {
    const trend = trendOf(
      ["a", "b"],
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
  it("has 30 days that each add up to the stacks", () => {
    const detection = fc.record({
      stackId: fc.constantFrom("a", "b", "c", "d"),
      completedAt: fc.date({ min: new Date("2026-10-01"), max: now, noInvalidDate: true }),
      verdict: fc.constantFrom("DRIFTED" as const, "IN_SYNC" as const, "ALL_IGNORED" as const),
    });
    fc.assert(
      fc.property(fc.array(detection), (detections) => {
        const trend = trendOf(["a", "b", "c"], detections, now);
        expect(trend).toHaveLength(30);
        for (const { drifted, inSync, other, notChecked } of trend)
          expect(drifted + inSync + other + notChecked).toBe(3);
      }),
    );
  });
});
