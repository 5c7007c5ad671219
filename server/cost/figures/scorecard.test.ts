import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "./days";
import { type KeptForecast, score } from "./scorecard";

const kept = (more: Partial<KeptForecast> = {}): KeptForecast => ({
  madeOn: "2026-11-01",
  firstDay: "2026-11-02",
  lastDay: "2026-11-02",
  mean: "10",
  low: "8",
  high: "12",
  ...more,
});
const came = (day: string, amount: string, isEstimated = false) => ({ day, amount, isEstimated });

describe("score", () => {
  it("counts hits and weighs errors by dollars", () => {
    const forecasts = [kept(), kept({ firstDay: "2026-11-03", lastDay: "2026-11-03" })];
    // 1 off within the interval, 5 off outside it: 6 of 26 dollars.
    expect(score(forecasts, [came("2026-11-02", "11"), came("2026-11-03", "15")])).toEqual({
      judged: 2,
      pending: 0,
      hitRate: 0.5,
      wape: 6 / 26,
    });
  });
  it("judges a forecast of several days by their sum", () => {
    const forecast = kept({ lastDay: "2026-11-04", mean: "30", low: "29", high: "31" });
    const days = [came("2026-11-02", "5"), came("2026-11-03", "5"), came("2026-11-04", "20.5")];
    expect(score([forecast], days)).toMatchObject({ judged: 1, hitRate: 1 });
  });
  it("weighs a month's end by what was still to come, and judges it by all", () => {
    const forecast = kept({ firstDay: "2026-11-01", lastDay: "2026-11-04", openFrom: "2026-11-04", mean: "112" });
    const days = ["60", "20", "20", "10"].map((amount, at) => came(addDays("2026-11-01", at), amount));
    expect(score([{ ...forecast, low: "109", high: "115" }], days)).toMatchObject({ judged: 1, hitRate: 1, wape: 0.2 });
    expect(score([{ ...forecast, low: "111", high: "115" }], days)).toMatchObject({ hitRate: 0 });
    expect(score([forecast], days.slice(1))).toMatchObject({ judged: 0, pending: 1, wape: null });
  });
  it("waits for days that have not come or may be restated", () => {
    const two = kept({ lastDay: "2026-11-03" });
    expect(score([kept(), two], [came("2026-11-02", "10"), came("2026-11-03", "10", true)])).toMatchObject({
      judged: 1,
      pending: 1,
      hitRate: 1,
      wape: 0,
    });
    expect(score([two], [])).toEqual({ judged: 0, pending: 1, hitRate: null, wape: null });
  });
  it("has no percentage of nothing, and credits count as large as they are", () => {
    expect(score([kept({ mean: "1" })], [came("2026-11-02", "0")])).toMatchObject({ hitRate: 0, wape: null });
    expect(score([kept({ mean: "-8", low: "-9", high: "-7" })], [came("2026-11-02", "-10")])).toMatchObject({
      hitRate: 0,
      wape: 0.2,
    });
  });
  it("lets each day of making weigh the same, however often it was forecast on it", () => {
    const days = [came("2026-11-02", "10"), came("2026-11-03", "10")];
    const wrong = { mean: "20", low: "19", high: "21" };
    // Twice wrong on the first day, once right on the second.
    const forecasts = [
      kept({ ...wrong, madeOn: "2026-10-31" }),
      kept({ ...wrong, madeOn: "2026-10-31" }),
      kept({ madeOn: "2026-11-01", firstDay: "2026-11-03", lastDay: "2026-11-03" }),
    ];
    expect(score(forecasts, days)).toEqual({ judged: 3, pending: 0, hitRate: 0.5, wape: 0.5 });
  });
  it("is nothing where nothing is kept", () => {
    expect(score([], [came("2026-11-02", "10")])).toBeNull();
  });
  it("judges or waits for every forecast, and a perfect one scores 1 and 0", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 20 }), (cents) => {
        const days = cents.map((cent, at) => came(addDays("2026-11-02", at), (cent / 100).toFixed(2)));
        const forecasts = days.map(({ day, amount }) =>
          kept({ firstDay: day, lastDay: day, mean: amount, low: amount, high: amount }),
        );
        const late = kept({ firstDay: "2027-01-01", lastDay: "2027-01-01" });
        expect(score([...forecasts, late], days)).toEqual({ judged: cents.length, pending: 1, hitRate: 1, wape: 0 });
      }),
    );
  });
});
