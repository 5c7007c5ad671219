import { describe, expect, it } from "vitest";
import { addDays, daysBetween, firstOfNextMonth, toDollars, toSeries } from "./days";

describe("days", () => {
  it("are UTC days, over months' and years' ends", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysBetween("2026-09-26", "2026-09-28")).toBe(2);
    expect(firstOfNextMonth("2026-12-31")).toBe("2027-01-01");
    expect(firstOfNextMonth("2026-02-01")).toBe("2026-03-01");
  });
});

describe("toSeries", () => {
  it("takes days in any order and fills one that was not read with its weekday of the week before", () => {
    const history = [9, 8, 7, 6, 5, 4, 3, 1].map((at) => ({ day: addDays("2026-11-01", at), amount: `${at}` }));
    expect(toSeries(history, "2026-11-24")).toEqual({
      firstDay: "2026-11-02",
      values: [1, 1, 3, 4, 5, 6, 7, 8, 9],
    });
  });
  it("leaves out what AWS may restate and what is not over", () => {
    const history = [
      { day: "2026-11-01", amount: "1" },
      { day: "2026-11-02", amount: "2", isEstimated: true },
      { day: "2026-11-03", amount: "3" },
    ];
    expect(toSeries(history, "2026-11-03")).toEqual({ firstDay: "2026-11-01", values: [1] });
  });
});

describe("toDollars", () => {
  it("has four decimals and no negative zero", () => {
    expect([12.34567, -0.00001, -3].map(toDollars)).toEqual(["12.3457", "0.0000", "-3.0000"]);
  });
});
