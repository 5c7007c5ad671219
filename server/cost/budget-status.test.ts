import { describe, expect, it } from "vitest";
import { budgetStatus } from "./budget-status";

describe("a budget", () => {
  it.each([
    ["100.00", "60.00", "90.00", { status: "ok", used: 60 }],
    ["100.00", "60.00", "100.01", { status: "atRisk", used: 60 }],
    ["100.00", "100.00", null, { status: "ok", used: 100 }],
    ["100.00", "100.01", "90.00", { status: "over", used: 100 }],
    ["0.00", "0.01", null, { status: "over", used: null }],
    ["100.00", null, "300.00", { status: "unknown", used: null }],
  ])("of %s with %s spent and %s expected is %o", (budget, actual, mean, expected) => {
    expect(budgetStatus(budget, actual, mean === null ? null : { mean })).toEqual(expected);
  });
});
