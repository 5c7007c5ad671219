import { describe, expect, it } from "vitest";
import { remembered, rememberedRead } from "./remembered";

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

  it("is read once of the same version, and again where a read failed", async () => {
    let times = 0;
    const read = (fails = false) => {
      times += 1;
      return fails ? Promise.reject(new Error("gone")) : Promise.resolve(times);
    };
    await expect(rememberedRead("rows", ["a", 1], () => read(true))).rejects.toThrow("gone");
    expect(await rememberedRead("rows", ["a", 1], read)).toBe(2);
    expect(await rememberedRead("rows", ["a", 1], read)).toBe(2);
    expect(await rememberedRead("rows", ["a", 2], read)).toBe(3);
  });

  it("does not grow without end: the oldest goes", () => {
    let times = 0;
    const note = (n: number) => ((times += 1), n);
    for (let n = 0; n <= 500; n++) remembered("note", n, note);
    remembered("note", 0, note);
    expect(times).toBe(502);
  });
});
