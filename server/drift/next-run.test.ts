import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextRun, planRun, type Rhythm } from "./next-run";

const tuesday = new Date("2026-11-24T10:30:00Z");

describe("nextRun", () => {
  it.each<[string, Rhythm, string | null]>([
    ["never when off", { frequency: "OFF", hour: 3, weekday: 1 }, null],
    ["later today", { frequency: "DAILY", hour: 11, weekday: 1 }, "2026-11-24T11:00:00.000Z"],
    ["tomorrow when the hour has passed", { frequency: "DAILY", hour: 10, weekday: 1 }, "2026-11-25T10:00:00.000Z"],
    ["on the weekday", { frequency: "WEEKLY", hour: 3, weekday: 0 }, "2026-11-29T03:00:00.000Z"],
    ["today still, of the same weekday", { frequency: "WEEKLY", hour: 23, weekday: 2 }, "2026-11-24T23:00:00.000Z"],
    [
      "in a week, when the hour of the weekday has passed",
      { frequency: "WEEKLY", hour: 3, weekday: 2 },
      "2026-12-01T03:00:00.000Z",
    ],
  ])("is %s", (_name, rhythm, expected) => {
    expect(nextRun(rhythm, tuesday)?.toISOString() ?? null).toBe(expected);
  });

  it("is always ahead, at its hour, and no further than its period", () => {
    const rhythm = fc.record({
      frequency: fc.constantFrom("DAILY" as const, "WEEKLY" as const),
      hour: fc.integer({ min: 0, max: 23 }),
      weekday: fc.integer({ min: 0, max: 6 }),
    });
    const now = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(rhythm, now, (asked, at) => {
        const next = nextRun(asked, at)!;
        const days = asked.frequency === "DAILY" ? 1 : 7;
        expect(next.getTime()).toBeGreaterThan(at.getTime());
        expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(days * 86_400_000);
        expect([next.getUTCHours(), next.getUTCMinutes()]).toEqual([asked.hour, 0]);
        if (asked.frequency === "WEEKLY") expect(next.getUTCDay()).toBe(asked.weekday);
      }),
    );
  });
});

describe("planRun", () => {
  const ago = (days: number) => new Date(tuesday.getTime() - days * 86_400_000);
  const stack = { id: "s", detectedAt: ago(1), changedAt: ago(2), hasUnknown: false };

  it.each([
    ["leaves a recent one alone", stack, "none"],
    ["detects what changed since", { ...stack, changedAt: ago(0.5) }, "changed"],
    ["detects what never was", { ...stack, detectedAt: null, changedAt: null }, "changed"],
    ["detects everything weekly", { ...stack, detectedAt: ago(7), changedAt: ago(30) }, "old"],
    ["looks again at what was unknown", { ...stack, hasUnknown: true }, "unknown"],
    [
      "detects a changed one as a whole, unknown or not",
      { ...stack, changedAt: ago(0.5), hasUnknown: true },
      "changed",
    ],
  ])("%s", (_name, candidate, list) => {
    const plan = planRun([candidate], tuesday);
    expect(Object.entries(plan).flatMap(([name, ids]) => (ids.length > 0 ? [name] : []))).toEqual(
      list === "none" ? [] : [list],
    );
  });

  it("puts each stack on one list at most, and leaves none undetected for longer than a week", () => {
    const day = fc.option(
      fc.integer({ min: 0, max: 30 * 24 }).map((hours) => ago(hours / 24)),
      { nil: null },
    );
    const candidate = fc.record({ detectedAt: day, changedAt: day, hasUnknown: fc.boolean() });
    fc.assert(
      fc.property(fc.array(candidate), (some) => {
        const stacks = some.map((one, at) => ({ ...one, id: String(at) }));
        const plan = planRun(stacks, tuesday);
        const planned = [...plan.changed, ...plan.old, ...plan.unknown];
        expect(new Set(planned).size).toBe(planned.length);
        const detected = [...plan.changed, ...plan.old];
        for (const { id, detectedAt, changedAt } of stacks)
          if (!detectedAt || detectedAt <= ago(7) || (changedAt && changedAt > detectedAt))
            expect(detected).toContain(id);
      }),
    );
  });
});
