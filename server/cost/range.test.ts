import { describe, expect, it } from "vitest";
import { AppError } from "../errors";
import { bucketsOf, daysThatAreOver, previousOf, range, rangeOf } from "./range";

const now = new Date("2026-11-24T23:30:00Z");
const refusal = (input: Parameters<typeof rangeOf>[0]) => {
  try {
    rangeOf(input, now);
  } catch (error) {
    if (error instanceof AppError) return error.details.fields;
    throw error;
  }
  return null;
};

describe("the days that are over", () => {
  const today = "2026-11-24";
  it("leave today out, and nothing else", () => {
    expect(daysThatAreOver(range("2026-11-01", "2026-11-25"), today)).toEqual(range("2026-11-01", "2026-11-24"));
    expect(daysThatAreOver(range("2026-11-01", "2026-11-24"), today)).toEqual(range("2026-11-01", "2026-11-24"));
  });
  it("are none of today alone: then the range is what it was", () => {
    expect(daysThatAreOver(range("2026-11-24", "2026-11-25"), today)).toEqual(range("2026-11-24", "2026-11-25"));
  });
});

describe("the asked range", () => {
  it("is the last whole UTC days up to yesterday", () => {
    expect(rangeOf({ days: 7 }, now)).toEqual({
      start: "2026-11-17",
      end: "2026-11-24",
      lastDay: "2026-11-23",
      days: 7,
    });
    expect(rangeOf({}, now).days).toBe(30);
  });

  it("may include today, and goes on to it where no end is given", () => {
    expect(rangeOf({ start: "2026-11-01" }, now)).toMatchObject({ end: "2026-11-25", days: 24 });
  });

  it.each([
    [{ days: 0 }, "days", "1 to 449"],
    [{ days: 10_000 }, "days", "1 to 449"],
    [{ start: "2026-11-10", end: "2026-11-10" }, "end", "2026-11-10"],
    [{ start: "2026-11-10", end: "2026-11-01" }, "end", "after the start"],
    [{ start: "2026-11-25", end: "2026-11-26" }, "start", "2026-11-24 or earlier"],
    [{ start: "2026-11-10", end: "2026-12-31" }, "end", "2026-11-25 or earlier"],
    [{ start: "2025-08-31" }, "start", "2025-09-01 or later"],
    [{ end: "2026-11-10" }, "start", "first day"],
    [{ days: 7, start: "2026-11-10" }, "days", "not both"],
  ])("is refused as %o with the field and what it may be", (input, field, says) => {
    expect(refusal(input)?.[field]).toContain(says);
  });
});

describe("the range before", () => {
  it("is as long, and ends where the asked one begins", () => {
    expect(previousOf(range("2026-11-17", "2026-11-24"), "previousPeriod")).toMatchObject({
      start: "2026-11-10",
      end: "2026-11-17",
    });
  });

  it.each([
    ["2026-11-01", "2026-11-25", "2026-10-01", "2026-10-25"],
    ["2026-11-01", "2026-12-01", "2026-10-01", "2026-11-01"],
    ["2026-03-01", "2026-04-01", "2026-02-01", "2026-03-01"],
    ["2026-03-29", "2026-03-31", "2026-02-28", "2026-03-01"],
    ["2026-02-10", "2026-03-01", "2026-01-10", "2026-01-29"],
  ])("of %s to %s a month earlier is %s to %s", (start, end, before, until) => {
    expect(previousOf(range(start, end), "lastMonth")).toMatchObject({ start: before, end: until });
  });
});

describe("buckets", () => {
  it("are calendar months cut to the range", () => {
    expect(bucketsOf(range("2026-09-15", "2026-11-02"), "MONTHLY")).toEqual([
      { start: "2026-09-15", end: "2026-10-01" },
      { start: "2026-10-01", end: "2026-11-01" },
      { start: "2026-11-01", end: "2026-11-02" },
    ]);
    expect(bucketsOf(range("2026-10-30", "2026-11-02"), "DAILY")).toHaveLength(3);
  });
});
