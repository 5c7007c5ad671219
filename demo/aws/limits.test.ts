import { describe, expect, it } from "vitest";
import { TokenBuckets } from "./limits";

const bucket = { capacity: 2, refillPerSecond: 1 };

describe("TokenBuckets", () => {
  it("gives what it holds and then refuses", () => {
    const buckets = new TokenBuckets();
    expect([1, 2, 3].map(() => buckets.take("a", bucket, 0))).toEqual([true, true, false]);
  });
  it("fills again with time, never above its capacity", () => {
    const buckets = new TokenBuckets();
    [1, 2].forEach(() => buckets.take("a", bucket, 0));
    expect(buckets.take("a", bucket, 999)).toBe(false);
    expect(buckets.take("a", bucket, 1001)).toBe(true);
    expect([1, 2, 3].map(() => buckets.take("a", bucket, 100_000))).toEqual([true, true, false]);
  });
  it("keeps each key's bucket apart", () => {
    const buckets = new TokenBuckets();
    [1, 2].forEach(() => buckets.take("a", bucket, 0));
    expect(buckets.take("b", bucket, 0)).toBe(true);
  });
});
