import { describe, expect, it } from "vitest";
import { stackedSpans } from "./stacked-spans";

describe("stackedSpans", () => {
  it("puts a part on what is below it", () => {
    expect(stackedSpans([[3, 2, 1]])).toEqual([
      [
        [0, 3],
        [3, 5],
        [5, 6],
      ],
    ]);
  });
  it("stacks credits downwards, whatever lies between", () => {
    expect(stackedSpans([[3, -2, 1, -1]])).toEqual([
      [
        [0, 3],
        [0, -2],
        [3, 4],
        [-2, -3],
      ],
    ]);
  });
  it("draws nothing where nothing was spent or read", () => {
    expect(stackedSpans([[0, null, 2], []])).toEqual([[null, null, [0, 2]], []]);
  });
});
