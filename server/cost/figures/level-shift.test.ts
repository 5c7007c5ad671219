import { describe, expect, it } from "vitest";
import { sinceLastShift } from "./level-shift";

const jitter = (at: number) => ((at * 37) % 11) / 5;

describe("sinceLastShift", () => {
  it("names the first day of a new level once it has stood four days, and none after two", () => {
    const values = Array.from({ length: 100 }, (_, at) => (at < 80 ? 100 : 160) + jitter(at));
    expect(sinceLastShift(values)).toBe(80);
    expect(sinceLastShift(values.slice(0, 84))).toBe(80);
    expect(sinceLastShift(values.slice(0, 82))).toBe(0);
  });
  it("takes the last of two", () => {
    const values = Array.from({ length: 120 }, (_, at) => (at < 70 ? 100 : at < 100 ? 50 : 80) + jitter(at));
    expect(sinceLastShift(values)).toBe(100);
  });
  it("takes steady growth for none", () => {
    expect(sinceLastShift(Array.from({ length: 100 }, (_, at) => 100 + at + jitter(at)))).toBe(0);
  });
});
