import { describe, expect, it } from "vitest";
import type { CostTrendsView } from "@/server/cost/views";
import { againstText, isComparable } from "./comparison";

const change = { amount: "1.00", percent: 1, direction: "increase" } as const;
const current = { range: { start: "2026-11-01", end: "2026-11-21", lastDay: "2026-11-20", days: 20 }, amount: "9.00" };
const trends = (unreadDays: number, moved: CostTrendsView["change"] = change) => ({
  unreadDays,
  current,
  change: moved,
});

describe("againstText", () => {
  const previous = { ...current, range: { start: "2026-10-01", end: "2026-10-21", lastDay: "2026-10-20", days: 20 } };
  it("names the period before, and both where today is left out of what is shown", () => {
    expect(againstText({ current, previous }, current.range)).toBe("Against Oct 1 – Oct 20");
    const shown = { ...current.range, end: "2026-11-22", lastDay: "2026-11-21", days: 21 };
    expect(againstText({ current, previous }, shown)).toBe("Nov 1 – Nov 20 against Oct 1 – Oct 20");
    expect(againstText({ current, previous })).toBe("Nov 1 – Nov 20 against Oct 1 – Oct 20");
  });
});

describe("isComparable", () => {
  it("bears a day or two that were not read, not a year", () => {
    expect([0, 2, 3, 328].map((unread) => isComparable(trends(unread)))).toEqual([true, true, false, false]);
  });
  it("compares nothing with what was never read", () => {
    expect(isComparable(trends(0, null))).toBe(false);
  });
});
