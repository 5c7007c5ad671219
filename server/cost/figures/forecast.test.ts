import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type DayAmount } from "./days";
import { forecastDaily } from "./forecast";

const firstDay = "2026-03-01";

function history(amountOf: (at: number, day: string) => number, days = 180): DayAmount[] {
  return Array.from({ length: days }, (_, at) => {
    const day = addDays(firstDay, at);
    return { day, amount: amountOf(at, day).toFixed(10) };
  });
}
const means = (days: readonly { mean: string }[]) => days.map(({ mean }) => Number(mean));

describe("forecastDaily", () => {
  it("goes on with what never changes, to the cent", () => {
    const days = forecastDaily(
      history(() => 41.23),
      { horizonDays: 14 },
    );
    expect(days).toHaveLength(14);
    expect(days[0]).toEqual({ day: "2026-08-28", mean: "41.2300", low: "41.2300", high: "41.2300" });
    expect(new Set(days.map(({ mean }) => mean))).toEqual(new Set(["41.2300"]));
  });
  it("repeats the week, at the level of the last weeks", () => {
    const days = forecastDaily(
      history((at) => (at % 7 > 4 ? 60 : 100) * (1 + at / 1000)),
      { horizonDays: 7 },
    );
    // Days 180 to 186 are weekdays 5, 6, 0, 1 …: two of the weekend come first.
    [60, 60, 100, 100, 100, 100, 100].forEach((amount, at) => {
      const due = amount * (1 + (180 + at) / 1000);
      expect(Math.abs(means(days)[at]! / due - 1)).toBeLessThan(0.03);
    });
  });
  it("expects the month-end fee on the month's end", () => {
    const isMonthEnd = (day: string) => addDays(day, 1).endsWith("-01");
    const days = forecastDaily(
      history((_, day) => 50 + (isMonthEnd(day) ? 1240.5 : 0)),
      { horizonDays: 7 },
    );
    expect(days.map(({ day, mean }) => [day.slice(5), Math.round(Number(mean))])).toEqual([
      ["08-28", 50],
      ["08-29", 50],
      ["08-30", 50],
      ["08-31", 1291],
      ["09-01", 50],
      ["09-02", 50],
      ["09-03", 50],
    ]);
  });
  it("follows a new level within a week, and is not moved by one dear day", () => {
    const shifted = forecastDaily(
      history((at) => (at < 173 ? 100 : 300) + (at % 2)),
      { horizonDays: 7 },
    );
    means(shifted).forEach((mean) => expect(Math.abs(mean - 300)).toBeLessThan(15));
    const dear = forecastDaily(
      history((at) => (at === 176 ? 5000 : 100) + (at % 2)),
      { horizonDays: 7 },
    );
    means(dear).forEach((mean) => expect(Math.abs(mean - 100)).toBeLessThan(15));
  });
  it("does not learn from days that AWS may restate, nor from the day it is asked on", () => {
    const days = history(() => 100);
    const unsettled = days.map((each, at) => (at < 177 ? each : { ...each, amount: "3", isEstimated: true }));
    const today = { day: "2026-08-28", amount: "1" };
    const forecast = forecastDaily([...unsettled, today], { horizonDays: 2, from: "2026-08-28" });
    expect(forecast.map(({ day, mean }) => [day, mean])).toEqual([
      ["2026-08-28", "100.0000"],
      ["2026-08-29", "100.0000"],
    ]);
  });
  it("says nothing after less than a week, and something with a wide interval after one", () => {
    expect(forecastDaily([], { horizonDays: 3 })).toEqual([]);
    expect(
      forecastDaily(
        history(() => 10, 6),
        { horizonDays: 3 },
      ),
    ).toEqual([]);
    const [first] = forecastDaily(
      history(() => 10, 7),
      { horizonDays: 3 },
    );
    expect(first).toEqual({ day: "2026-03-08", mean: "10.0000", low: "8.0000", high: "12.0000" });
  });
  it("stays at nothing for what costs nothing", () => {
    const zero = { mean: "0.0000", low: "0.0000", high: "0.0000" };
    expect(
      forecastDaily(
        history(() => 0),
        { horizonDays: 1 },
      ),
    ).toMatchObject([zero]);
  });

  const amounts = fc.array(fc.integer({ min: -2_000_000, max: 9_000_000 }), { minLength: 7, maxLength: 120 });
  it("keeps the mean within the interval, in consecutive days, and wider for a higher level, for any history", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 40 }), (cents, horizonDays) => {
        const days = history((at) => cents[at]! / 100, cents.length);
        const narrow = forecastDaily(days, { horizonDays, level: 0.6 });
        const wide = forecastDaily(days, { horizonDays, level: 0.95 });
        expect(narrow).toHaveLength(horizonDays);
        narrow.forEach(({ day, mean, low, high }, at) => {
          expect(day).toBe(addDays(firstDay, cents.length + at));
          expect(Number(low)).toBeLessThanOrEqual(Number(mean));
          expect(Number(high)).toBeGreaterThanOrEqual(Number(mean));
          expect(Number(wide[at]!.low)).toBeLessThanOrEqual(Number(low));
          expect(Number(wide[at]!.high)).toBeGreaterThanOrEqual(Number(high));
        });
      }),
      { numRuns: 40 },
    );
  });
  it("never goes below zero where no day ever did", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000_000), { minLength: 7, maxLength: 120 }), (cents) => {
        const days = forecastDaily(
          history((at) => cents[at]! / 100, cents.length),
          { horizonDays: 31 },
        );
        expect(Math.min(...days.map(({ low }) => Number(low)))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });
});
