import Decimal from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anomalies, type ServiceDay } from "./anomalies";
import { addDays } from "./days";

function rows(service: string, amountOf: (at: number, day: string) => number, days = 150): ServiceDay[] {
  return Array.from({ length: days }, (_, at) => {
    const day = addDays("2026-06-01", at);
    return { day, service, amount: amountOf(at, day).toFixed(10) };
  });
}
const calm = (at: number) => (at % 7 > 4 ? 60 : 100) * (1 + at / 400) + ((at * 37) % 11) / 3;

describe("anomalies", () => {
  it("finds none in a weekly rhythm, growth, and a fee that comes every month", () => {
    expect(anomalies(rows("EC2", calm))).toEqual([]);
    const fee = (day: string) => (addDays(day, 1).endsWith("-01") ? 1240.5 : 0);
    expect(anomalies(rows("EC2", (at, day) => calm(at) + fee(day)))).toEqual([]);
  });
  it("finds a dear day with the dollars over what was to be expected", () => {
    const [found, ...more] = anomalies(rows("EC2", (at) => (at === 120 ? 400 : 100)));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ service: "EC2", firstDay: "2026-09-29", lastDay: "2026-09-29", isEstimated: false });
    expect(found).toMatchObject({ amount: "400.0000000000", expected: "100.0000000000", over: "300.0000000000" });
  });
  it("finds a busy Sunday that would be a calm Monday", () => {
    const found = anomalies(rows("EC2", (at) => (at % 7 === 6 && at !== 118 ? 20 : 100)));
    expect(found).toMatchObject([{ firstDay: addDays("2026-06-01", 118), over: "80.0000000000" }]);
  });
  it("takes days in a row for one, and what stays four weeks for the new pattern", () => {
    const [found, ...more] = anomalies(rows("CloudWatch", (at) => (at < 80 ? 10 : 50)));
    expect(more).toEqual([]);
    expect(found!.days).toHaveLength(28);
    expect(found).toMatchObject({ firstDay: addDays("2026-06-01", 80), amount: "1400.0000000000" });
  });
  it("ranks by dollars over, not by how odd a day is", () => {
    const found = anomalies([
      ...rows("Lambda", (at) => (at === 100 ? 50 : 1)),
      ...rows("EC2", (at) => (at === 110 ? 2000 : 1000)),
    ]);
    expect(found.map(({ service }) => service)).toEqual(["EC2", "Lambda"]);
  });
  it("finds a service that cost nothing before", () => {
    const found = anomalies([
      ...rows("EC2", () => 100),
      { day: addDays("2026-06-01", 140), service: "SageMaker", amount: "75" },
    ]);
    expect(found).toMatchObject([{ service: "SageMaker", expected: "0.0000000000", over: "75.0000000000" }]);
  });
  it("finds the first dollars of an account that cost nothing on any day that was read", () => {
    const readDays = Array.from({ length: 60 }, (_, at) => ({ day: addDays("2026-06-01", at), isEstimated: at > 58 }));
    const first = [58, 59].map((at) => ({ day: addDays("2026-06-01", at), service: "EC2", amount: "3000" }));
    expect(anomalies(first)).toEqual([]);
    expect(anomalies(first, { readDays })).toMatchObject([
      { service: "EC2", firstDay: addDays("2026-06-01", 58), over: "6000.0000000000", isEstimated: true },
    ]);
  });
  it("takes neither a credit nor a cheap day for one", () => {
    expect(anomalies(rows("EC2", (at) => (at === 120 ? -500 : at === 130 ? 0 : 100)))).toEqual([]);
  });
  it("says that a day may be restated, and does not learn from one that is not whole yet", () => {
    const days = rows("EC2", (at) => (at === 149 ? 400 : at > 146 ? 5 : 100)).map((each, at) => ({
      ...each,
      isEstimated: at > 146,
    }));
    expect(anomalies(days)).toMatchObject([{ isEstimated: true, expected: "100.0000000000" }]);
  });
  it("leaves out what ended before the day asked from, and what is too small", () => {
    const days = rows("EC2", (at) => (at === 100 || at === 120 ? 400 : 100));
    expect(anomalies(days, { since: addDays("2026-06-01", 110) })).toHaveLength(1);
    expect(anomalies(days, { leastOver: "300.01" })).toEqual([]);
  });
  it("has parts that sum to its totals, and names days that were read, for any history", () => {
    const amounts = fc.array(fc.integer({ min: -100_000, max: 1_000_000 }), { maxLength: 90 });
    fc.assert(
      fc.property(amounts, (cents) => {
        const days = rows("EC2", (at) => cents[at]! / 100, cents.length);
        const amountOn = new Map(days.map(({ day, amount }) => [day, amount]));
        for (const found of anomalies(days)) {
          const sum = (part: "amount" | "over") => Decimal.sum(...found.days.map((day) => day[part])).toFixed(10);
          expect([sum("amount"), sum("over")]).toEqual([found.amount, found.over]);
          expect(new Decimal(found.amount).minus(found.expected).toFixed(10)).toBe(found.over);
          for (const { day, amount } of found.days) expect(amountOn.get(day)).toBe(amount);
        }
      }),
      { numRuns: 40 },
    );
  });
});
