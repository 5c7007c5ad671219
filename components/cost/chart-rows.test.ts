import { describe, expect, it } from "vitest";
import type { CostAnomaly } from "@/server/cost/views";
import { chartRows } from "./chart-rows";

const bucket = (start: string, end: string, amount: string | null) => ({
  start,
  end,
  amount,
  isEstimated: false,
  unreadDays: 0,
});
const range = (start: string, end: string, lastDay: string) => ({ start, end, lastDay, days: 2 });
const daily = {
  granularity: "DAILY" as const,
  range: range("2026-11-22", "2026-11-24", "2026-11-23"),
  series: [bucket("2026-11-22", "2026-11-23", "3.00"), bucket("2026-11-23", "2026-11-24", null)],
  layers: [{ key: "AWS Lambda", label: "AWS Lambda", isOther: false, amounts: ["3.00", null] }],
};
const forecast = {
  days: [{ day: "2026-11-24", mean: "4.00", low: "3.00", high: "5.00" }],
  monthEnd: {
    month: "2026-11",
    mean: "90.00",
    low: "80.00",
    high: "99.00",
    actual: "70.00",
    rest: "20.00",
    estimatedDays: 0,
    estimatedAmount: "0.00",
  },
};
const anomaly = { days: [{ day: "2026-11-22", amount: "3.00", expected: "1.00", over: "2.00" }] } as CostAnomaly;

describe("chartRows", () => {
  it("draws nothing where nothing was read, which is not a zero", () => {
    const [, unread] = chartRows({ summary: daily, forecast: undefined, anomalies: [] });
    expect(unread).toMatchObject({ amount: null, lengths: [null] });
  });
  it("goes on with the forecast after the last day that was asked", () => {
    const rows = chartRows({ summary: daily, forecast, anomalies: [] });
    expect(rows.map(({ start, mean, band }) => [start, mean, band])).toEqual([
      ["2026-11-22", null, null],
      ["2026-11-23", null, null],
      ["2026-11-24", 4, [3, 5]],
    ]);
  });
  it("forecasts nothing after a range that ended earlier", () => {
    const past = { ...daily, range: range("2026-10-01", "2026-10-03", "2026-10-02") };
    expect(chartRows({ summary: past, forecast, anomalies: [] })).toHaveLength(2);
  });
  it("marks an anomaly on its own days alone", () => {
    const rows = chartRows({ summary: daily, forecast: undefined, anomalies: [anomaly] });
    expect(rows.map((row) => row.anomalies.length)).toEqual([1, 0]);
  });
  it("puts the month's likely end on the running month's bar", () => {
    const monthly = {
      ...daily,
      granularity: "MONTHLY" as const,
      series: [bucket("2026-10-01", "2026-11-01", "80.00"), bucket("2026-11-01", "2026-11-25", "70.00")],
    };
    const rows = chartRows({ summary: monthly, forecast, anomalies: [] });
    expect(rows.map(({ mean }) => mean)).toEqual([null, 90]);
  });
});
