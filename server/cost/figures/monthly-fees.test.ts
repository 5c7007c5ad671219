import { describe, expect, it } from "vitest";
import { addDays } from "./days";
import { monthlyFees } from "./monthly-fees";

const firstDay = "2026-06-01";

/** 160 days of about $100, and what `extra` adds. */
function series(extra: (day: string) => number, days = 160) {
  const values = Array.from({ length: days }, (_, at) => 100 + (at % 3) + extra(addDays(firstDay, at)));
  return { firstDay, values };
}
const isMonthEnd = (day: string) => addDays(day, 1).endsWith("-01");

describe("monthlyFees", () => {
  it("expects a fee on the next month's last day, whether that is the 30th or the 31st", () => {
    const fees = monthlyFees(series((day) => (isMonthEnd(day) ? 1240 : 0)));
    const expected = [180, 181, 182, 183].map((at) => [addDays(firstDay, at), Math.round(fees.on(at) / 10) * 10]);
    expect(expected).toEqual([
      ["2026-11-28", 0],
      ["2026-11-29", 0],
      ["2026-11-30", 1240],
      ["2026-12-01", 0],
    ]);
    expect(Math.max(...fees.without)).toBeLessThan(103);
  });
  it("takes a credit for a fee of its own sign", () => {
    const fees = monthlyFees(series((day) => (day.endsWith("-01") ? -850 : 0)));
    expect(fees.on(183)).toBeLessThan(-840);
  });
  it("expects no more of a fee that did not come the last time", () => {
    const fees = monthlyFees(series((day) => (day.endsWith("-15") && day < "2026-10" ? 500 : 0)));
    expect(fees.on(167)).toBe(0);
  });
  it("takes one dear day for no fee", () => {
    const { on, without } = monthlyFees(series((day) => (day === "2026-09-15" ? 500 : 0)));
    expect(on(167)).toBe(0);
    expect(Math.max(...without)).toBeGreaterThan(500);
  });
  it("takes days that run now and then for no fees", () => {
    const values = Array.from({ length: 160 }, (_, at) => ((at * at) % 7 === 1 ? 50 : 0));
    const fees = monthlyFees({ firstDay, values });
    expect(fees.without).toEqual(values);
  });
});
