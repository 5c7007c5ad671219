import { describe, expect, it } from "vitest";
import { weeklyRhythm } from "./weekly-rhythm";

const week = [100, 100, 100, 100, 100, 40, 40];

describe("weeklyRhythm", () => {
  it("takes the weekend out and puts it in again, at any level", () => {
    const { flattened, shape } = weeklyRhythm(Array.from({ length: 70 }, (_, at) => week[at % 7]!));
    expect(Math.max(...flattened) - Math.min(...flattened)).toBeLessThan(2);
    expect(shape(flattened[0]!, 70)).toBeCloseTo(100, 5);
    expect(shape(2 * flattened[0]!, 75)).toBeCloseTo(80, 5);
  });
  it("takes differences where weeks are credits", () => {
    const { shape } = weeklyRhythm(Array.from({ length: 70 }, (_, at) => (at % 7 === 2 ? 70 : at % 2 ? 0.1 : 0) - 12));
    expect(shape(0, 72) - shape(0, 71)).toBeGreaterThan(65);
  });
  it("finds no rhythm in a jitter that keeps none", () => {
    const { shape } = weeklyRhythm(Array.from({ length: 70 }, (_, at) => 100 + ((at * 37) % 11)));
    const days = [70, 71, 72, 73, 74, 75, 76].map((at) => shape(100, at));
    expect(Math.max(...days) - Math.min(...days)).toBeLessThan(2);
  });
  it("says nothing of less than two weeks", () => {
    expect(weeklyRhythm(week).flattened).toEqual(week);
  });
});
