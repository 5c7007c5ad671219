import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortenMiddle } from "./shorten-middle";

describe("shortenMiddle", () => {
  it("leaves what fits alone", () => {
    expect(shortenMiddle("i-0abc", 6)).toBe("i-0abc");
  });
  it("keeps both ends, the last one longer by at most a character", () => {
    expect(shortenMiddle("arn:aws:s3:::northwind-logs", 12)).toBe("arn:a…d-logs");
  });
  it("never exceeds the width, and keeps the beginning and the end", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 3, max: 60 }), (text, max) => {
        const short = shortenMiddle(text, max);
        expect(short.length).toBeLessThanOrEqual(Math.max(max, 3));
        expect(text.endsWith(short.split("…").at(-1) ?? "")).toBe(true);
      }),
    );
  });
});
