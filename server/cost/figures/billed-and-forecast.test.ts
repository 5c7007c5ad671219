import { describe, expect, it } from "vitest";
import { billedAndForecast } from "./billed-and-forecast";
import { addDays } from "./days";

const days = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ day: addDays(first, at), mean: "10", low: "8", high: "13" }));

describe("billedAndForecast", () => {
  it("adds what the month's other days are forecast at to what it was billed for", () => {
    const history = [
      { day: "2026-10-31", amount: "1000" },
      { day: "2026-11-01", amount: "7.0000000001" },
      { day: "2026-11-27", amount: "3", isEstimated: true },
      { day: "2026-11-28", amount: "500" },
    ];
    expect(billedAndForecast(days("2026-11-27", 20), history, "2026-11-28")).toEqual({
      mean: "40.0000000001",
      low: "34.0000000001",
      high: "49.0000000001",
    });
  });
  it("says nothing where a day of the month is not forecast", () => {
    expect(billedAndForecast(days("2026-11-28", 2), [], "2026-11-28")).toBeNull();
    expect(billedAndForecast(days("2026-11-29", 9), [], "2026-11-28")).toBeNull();
  });
});
