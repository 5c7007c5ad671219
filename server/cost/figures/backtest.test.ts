import { describe, expect, it } from "vitest";
import { backtest } from "./backtest";
import { addDays, type DayAmount } from "./days";
import { seasonalNaive, seasonalNaiveError } from "./seasonal-naive";

function history(amountOf: (at: number) => number, days = 200): DayAmount[] {
  return Array.from({ length: days }, (_, at) => ({
    day: addDays("2026-01-01", at),
    amount: amountOf(at).toFixed(10),
  }));
}
const jitter = (share: number) => (at: number) => 100 * (1 + share * ((((at * 7919) % 97) - 48) / 48));
const options = { horizonDays: 14, origins: 4, stepDays: 11 };

describe("seasonalNaive", () => {
  it("repeats the last week", () => {
    expect(seasonalNaive([9, 1, 2, 3, 4, 5, 6, 7], 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 1, 2]);
  });
  it("errs by hand-worked amounts: days by a week's growth, sums of two by twice that", () => {
    const growing = Array.from({ length: 30 }, (_, at) => at);
    expect(seasonalNaiveError(growing)).toBe(7);
    expect(seasonalNaiveError(growing, 2)).toBe(14);
  });
});

describe("backtest", () => {
  it("finds nothing to better in what never changes", () => {
    const { daily, monthEnd } = backtest(
      history(() => 5),
      options,
    );
    expect(daily).toMatchObject({ wape: 0, seasonalNaiveWape: 0, mase: null, coverage: 1 });
    expect(monthEnd).toMatchObject({ wape: 0, coverage: 1 });
  });
  it("compares as many days as could come: 7 at the last origin, 14 at the three others", () => {
    expect(backtest(history(jitter(0.1)), options).daily.compared).toBe(7 + 3 * 14);
  });
  it("shows that noise is better averaged than repeated", () => {
    const { daily } = backtest(history(jitter(0.3)), options);
    expect(daily.wape!).toBeLessThan(daily.seasonalNaiveWape!);
    expect(daily.mase!).toBeLessThan(1);
  });
  it("compares neither days that were not read, nor those that AWS may restate, nor their months", () => {
    const days = history(jitter(0.1));
    const holes = days
      .filter((_, at) => at !== 190)
      .map((each, at) => (at < 197 ? each : { ...each, isEstimated: true }));
    const { daily, monthEnd } = backtest(holes, options);
    const whole = backtest(days.slice(0, 198), options);
    expect(daily.compared).toBeLessThan(whole.daily.compared);
    expect(monthEnd.compared).toBeLessThanOrEqual(whole.monthEnd.compared);
  });
  it("has nothing to say of a young series", () => {
    expect(backtest(history(jitter(0.1), 30), options).daily).toMatchObject({
      compared: 0,
      wape: null,
      coverage: null,
    });
  });
});
