import Decimal from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type DayAmount, daysBetween } from "./days";
import { monthEnd } from "./month-end";

/** From the first of March up to the day before `until`. */
function history(until: string, amountOf: (at: number, day: string) => string): DayAmount[] {
  return Array.from({ length: daysBetween("2026-03-01", until) }, (_, at) => {
    const day = addDays("2026-03-01", at);
    return { day, amount: amountOf(at, day) };
  });
}

describe("monthEnd", () => {
  it("adds what is left to what is billed, exactly", () => {
    expect(
      monthEnd(
        history("2026-11-24", () => "10.0000000001"),
        { today: "2026-11-24" },
      ),
    ).toEqual({
      month: "2026-11",
      actual: "230.0000000023",
      rest: "70.0000000000",
      estimate: "300.0000000023",
      low: "300.0000000023",
      high: "300.0000000023",
      estimatedDays: 0,
      estimatedAmount: "0.0000000000",
      unreadDays: 0,
    });
  });
  it("expects all of the month on its first day, and one day on its last", () => {
    const days = history("2026-11-30", () => "10");
    expect(monthEnd(days, { today: "2026-11-01" })).toMatchObject({ actual: "0.0000000000", rest: "300.0000000000" });
    expect(monthEnd(days, { today: "2026-11-30" })).toMatchObject({ actual: "290.0000000000", rest: "10.0000000000" });
  });
  it("has the fee of the month's end in it", () => {
    const days = history("2026-11-20", (_, day) => (addDays(day, 1).endsWith("-01") ? "1010" : "10"));
    expect(monthEnd(days, { today: "2026-11-20" })).toMatchObject({ month: "2026-11", estimate: "1300.0000000000" });
  });
  it("counts days that AWS may restate as they are, and expects those that were not read", () => {
    const days = history("2026-11-24", () => "10").flatMap((each) => {
      if (each.day === "2026-11-05" || each.day === "2026-11-23") return [];
      return each.day === "2026-11-22" ? [{ ...each, amount: "4", isEstimated: true }] : [each];
    });
    expect(monthEnd(days, { today: "2026-11-24" })).toMatchObject({
      actual: "204.0000000000",
      rest: "90.0000000000",
      estimate: "294.0000000000",
      estimatedDays: 1,
      estimatedAmount: "4.0000000000",
      unreadDays: 2,
    });
  });
  it("counts today for what was read of it where that is more than was expected", () => {
    const today = "2026-11-30";
    const days = (amount: string) => [...history(today, () => "10"), { day: today, amount, isEstimated: true }];
    const dear = monthEnd(days("5000"), { today })!;
    expect(dear).toMatchObject({ actual: "290.0000000000", rest: "5000.0000000000", estimate: "5290.0000000000" });
    expect([dear.low, dear.high]).toEqual([dear.estimate, dear.estimate]);
    expect(monthEnd(days("4"), { today })).toMatchObject({ estimate: "300.0000000000", low: "300.0000000000" });
  });
  it("takes a credit of today off, and the use that is still to come not with it", () => {
    const today = "2026-11-30";
    const days = [...history(today, () => "10"), { day: today, amount: "-850" }];
    expect(monthEnd(days, { today })).toMatchObject({ estimate: "-550.0000000000" });
  });
  it("neither learns from a day that was read in part, nor takes it for whole", () => {
    const days = history("2026-11-24", (at) => (at % 50 === 49 ? "10.5" : "10")).map((each) =>
      each.day < "2026-11-20" ? each : { ...each, amount: each.day === "2026-11-21" ? "30" : "1", isPartial: true },
    );
    expect(monthEnd(days, { today: "2026-11-24" })).toMatchObject({ actual: "190.5000000000", unreadDays: 4 });
    const { rest } = monthEnd(days, { today: "2026-11-24" })!;
    expect(Number(rest)).toBeGreaterThan(129);
    expect(Number(rest)).toBeLessThan(132);
  });
  it("is narrower than the daily bounds added up where days err on their own", () => {
    const jitter = (at: number) => (100 + ((at * 7919) % 41) - 20).toFixed(2);
    const { estimate, low, high } = monthEnd(history("2026-11-02", jitter), { today: "2026-11-02" })!;
    expect(Number(high) - Number(low)).toBeGreaterThan(0);
    // 29 days, each ±16 or so at this level, would make ±464.
    expect(Number(high) - Number(estimate)).toBeLessThan(232);
  });
  it("says nothing after less than a week", () => {
    expect(
      monthEnd(
        history("2026-03-07", () => "1"),
        { today: "2026-03-07" },
      ),
    ).toBeNull();
    expect(monthEnd([], { today: "2026-03-07" })).toBeNull();
  });
  it("has parts that sum to the estimate, within the interval, for any history and day", () => {
    const amounts = fc.array(fc.integer({ min: -500_000, max: 5_000_000 }), { minLength: 7, maxLength: 150 });
    fc.assert(
      fc.property(amounts, (cents) => {
        const today = addDays("2026-03-01", cents.length);
        const past = history(today, (at) => new Decimal(cents[at]!).div(100).toFixed(10));
        const soFar = new Decimal(cents[0]!).abs().div(50).toFixed(10);
        const days = [...past, { day: today, amount: soFar, isEstimated: true }];
        const { actual, rest, estimate, low, high } = monthEnd(days, { today })!;
        expect(new Decimal(actual).plus(rest).toFixed(10)).toBe(estimate);
        expect(new Decimal(low).lte(estimate) && new Decimal(high).gte(estimate)).toBe(true);
        const billed = past.filter(({ day }) => day.slice(0, 7) === today.slice(0, 7));
        if (cents.every((each) => each >= 0)) {
          const read = new Decimal(actual).plus(soFar);
          expect(read.lte(estimate) && read.lte(low)).toBe(true);
        }
        expect(actual).toBe(Decimal.sum(0, ...billed.map(({ amount }) => amount)).toFixed(10));
      }),
      { numRuns: 30 },
    );
  });
});
