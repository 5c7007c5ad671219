import { describe, expect, it } from "vitest";
import { figureText, plural } from "./figure-text";

describe("figureText", () => {
  it("never shows a zero for what was not read", () => {
    expect(figureText({ value: null })).toBe("—");
    expect(figureText({ value: 0, isPartial: true })).toBe("—");
  });
  it("shows a zero that was read", () => {
    expect(figureText({ value: 0 })).toBe("0");
  });
  it("says at least where part is missing, and more where it stopped counting", () => {
    expect(figureText({ value: 1234, isPartial: true })).toBe("≥ 1,234");
    expect(figureText({ value: 1000, isCapped: true })).toBe("1,000+");
  });
});

describe("plural", () => {
  it("agrees with its number", () => {
    expect([plural(0, "region"), plural(1, "region"), plural(1500, "region")]).toEqual([
      "0 regions",
      "1 region",
      "1,500 regions",
    ]);
  });
  it("makes addresses of an address", () => {
    expect(plural(45, "Elastic IP address")).toBe("45 Elastic IP addresses");
  });
});
