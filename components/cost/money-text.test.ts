import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeText, moneyText, percentText, shareText, tickText } from "./money-text";

describe("moneyText", () => {
  it("groups thousands and puts the sign before the dollar", () => {
    expect(moneyText("0.00")).toBe("$0.00");
    expect(moneyText("1234567.50")).toBe("$1,234,567.50");
    expect(moneyText("-999.99")).toBe("−$999.99");
  });
  it("says that nothing was read, and never a zero instead", () => {
    expect(moneyText(null)).toBe("—");
  });
  it("keeps every digit, also where a float would not", () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 18 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const amount = `${whole.join("")}.${String(cents).padStart(2, "0")}`;
        expect(moneyText(amount).replace(/[$,]/g, "")).toBe(amount);
      }),
    );
  });
});

describe("differences and shares", () => {
  it("always carry their sign", () => {
    expect(changeText("12.40")).toBe("+$12.40");
    expect(changeText("-12.40")).toBe("−$12.40");
    expect(changeText("0.00")).toBe("$0.00");
    expect(percentText(12.54)).toBe("+12.5%");
    expect(percentText(-3)).toBe("−3.0%");
  });
  it("say nothing where a percentage makes no sense", () => {
    expect(percentText(null)).toBeNull();
    expect(shareText({ share: null, amount: "3.00" })).toBe("—");
    expect(shareText({ share: 41.3, amount: "41.30" })).toBe("41.3%");
    expect(shareText({ share: -0.3, amount: "-0.30" })).toBe("−0.3%");
  });
  it("tell a share that is too small to show from none", () => {
    expect(shareText({ share: 0, amount: "17.30" })).toBe("<0.1%");
    expect(shareText({ share: 0, amount: "0.00" })).toBe("0.0%");
    expect(shareText({ share: 0, amount: null })).toBe("0.0%");
  });
  it("shorten the ticks of an axis", () => {
    expect([tickText(0), tickText(1200), tickText(-50)]).toEqual(["$0", "$1.2K", "−$50"]);
  });
});
