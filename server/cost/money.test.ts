import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amount, apportion, dollars, shares, sum } from "./money";

/** Amounts as Cost Explorer writes them, credits included. */
const amounts = fc
  .array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 16n }), { minLength: 1, maxLength: 60 })
  .map((units) => units.map((unit) => amount(unit.toString()).div("10000000000")));

describe("displayed dollars", () => {
  it("sum to the displayed total, each within a cent of its own", () =>
    fc.assert(
      fc.property(amounts, (parts) => {
        const shown = apportion(parts);
        expect(dollars(sum(shown))).toBe(dollars(sum(parts)));
        shown.forEach((text, at) => expect(amount(text).minus(parts[at]!).abs().lte("0.01")).toBe(true));
      }),
    ));

  it("give the missing cents to the largest remainders", () => {
    expect(apportion(["0.333", "0.333", "0.334"].map(amount))).toEqual(["0.33", "0.33", "0.34"]);
    expect(apportion(["1.006", "2.006", "-0.012"].map(amount))).toEqual(["1.01", "2.00", "-0.01"]);
  });

  it("leave nothing at nothing", () => {
    expect(apportion(["0", "0.006", "0.006"].map(amount))).toEqual(["0.00", "0.01", "0.00"]);
    expect(dollars("-0.001")).toBe("0.00");
  });

  it("keep ten decimals until they are shown", () => {
    expect(sum(["0.0000000001", "0.1", "99999999999.9"]).toString()).toBe("100000000000.0000000001");
  });
});

describe("shares", () => {
  it("sum to a hundred percent wherever the total is positive", () =>
    fc.assert(
      fc.property(amounts, (parts) => {
        const percent = shares(parts);
        if (sum(parts).lte(0)) expect(percent.every((share) => share === null)).toBe(true);
        else expect(sum(percent.map((share) => share!.toString())).toString()).toBe("100");
      }),
    ));

  it("are told of credits too", () => {
    expect(shares(["120", "-20"].map(amount))).toEqual([120, -20]);
    expect(shares(["1", "1", "1"].map(amount))).toEqual([33.4, 33.3, 33.3]);
  });
});
