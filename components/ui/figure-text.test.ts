import { describe, expect, it } from "vitest";
import { figureText, figureWords, plural } from "./figure-text";

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

describe("figureWords", () => {
  it("says one of one, also where it is at least one", () => {
    expect(figureWords({ value: 1, one: "stack" })).toBe("1 stack");
    expect(figureWords({ value: 1, one: "stack", isPartial: true, isStale: true })).toBe("at least 1 stack, stale");
    expect(figureWords({ value: 1335, one: "resource", isPartial: true })).toBe("at least 1,335 resources");
  });
  it("takes the plural that it is told, where it is not at the end", () => {
    const words = { one: "resource in us-east-1", many: "resources in us-east-1" };
    expect([figureWords({ value: 1, ...words }), figureWords({ value: 2, ...words })]).toEqual([
      "1 resource in us-east-1",
      "2 resources in us-east-1",
    ]);
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
