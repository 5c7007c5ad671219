import { describe, expect, it } from "vitest";
import { remembered } from "./remembered";

describe("what is remembered", () => {
  it("is worked out once for the same input, and anew for another input or function", () => {
    let times = 0;
    const double = (n: number) => ((times += 1), n * 2);
    expect([remembered("double", 2, double), remembered("double", 2, double)]).toEqual([4, 4]);
    expect(times).toBe(1);
    expect(remembered("double", 3, double)).toBe(6);
    expect(remembered("triple", 2, (n) => n * 3)).toBe(6);
    expect(times).toBe(2);
  });

  it("does not grow without end: the oldest goes", () => {
    let times = 0;
    const note = (n: number) => ((times += 1), n);
    for (let n = 0; n <= 500; n++) remembered("note", n, note);
    remembered("note", 0, note);
    expect(times).toBe(502);
  });
});
