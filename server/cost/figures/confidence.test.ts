import { describe, expect, it } from "vitest";
import { confidence } from "./confidence";
import { addDays } from "./days";

const history = (days: number, amountOn: (at: number) => number) =>
  Array.from({ length: days }, (_, at) => ({ day: addDays("2026-01-01", at), amount: amountOn(at).toFixed(2) }));
/** 100 a day, off it by `share` at most in no pattern. */
const jitter = (share: number) => (at: number) => 100 * (1 + share * ((((at * 7919) % 97) - 48) / 48));

describe("confidence", () => {
  it("is high of a year that costs the same every day, and says how it is defined", () => {
    const told = confidence(history(365, () => 10));
    expect(told).toMatchObject({ level: "high", wape: 0 });
    expect(told.because).toMatch(/^High: made again from \d+ past days, .* less than 0.1% on average\.$/);
    expect(told.definition).toBe(
      "High: off by at most 5% on average, in at least 6 past forecasts; medium: off by at most 15% on average, in at least 3 past forecasts; else low.",
    );
  });
  it("is high where past months' ends were foretold, and says how well", () => {
    const { level, because } = confidence(history(400, jitter(0.05)));
    expect(level).toBe("high");
    expect(because).toMatch(
      /^High: made again from \d+ past days, the rest of the month was off by \d\.\d% on average\.$/,
    );
  });
  it("is low where they were not, and where there is too little past", () => {
    const wild = confidence(history(400, (at) => ((at * 7919) % 97 > 90 ? 3000 : 10)));
    expect(wild).toMatchObject({ level: "low" });
    expect(wild.wape!).toBeGreaterThan(0.15);
    expect(confidence(history(40, jitter(0)))).toMatchObject({
      level: "low",
      because: expect.stringContaining("too little"),
    });
    expect(confidence([])).toMatchObject({ level: "low", wape: null, tried: 0 });
  });
  it("is low of days that follow no pattern, with how far off it was", () => {
    const told = confidence(history(365, (at) => ((at * 7919) % 100) ** 3 / 1_000));
    expect(told.level).toBe("low");
    expect(told.because).toMatch(/off by \d+\.\d% on average/);
  });
  it("is low of a month, as that cannot be tried", () => {
    expect(confidence(history(30, () => 10))).toMatchObject({ level: "low", wape: null, tried: 0 });
  });
});
