import { describe, expect, it } from "vitest";
import { rateOf, TokenBuckets } from "./limits";

const rate = { capacity: 2, refillPerSecond: 1 };

describe("TokenBuckets", () => {
  it("gives what it holds and then refuses", () => {
    const buckets = new TokenBuckets();
    expect([1, 2, 3].map(() => buckets.take("a", rate, 0))).toEqual([true, true, false]);
  });

  it("fills again with time, never above its capacity", () => {
    const buckets = new TokenBuckets();
    [1, 2].forEach(() => buckets.take("a", rate, 0));
    expect(buckets.take("a", rate, 999)).toBe(false);
    expect(buckets.take("a", rate, 1001)).toBe(true);
    expect([1, 2, 3].map(() => buckets.take("a", rate, 100_000))).toEqual([true, true, false]);
  });

  it("is not emptied further by calls that it refuses", () => {
    const buckets = new TokenBuckets();
    [1, 2].forEach(() => buckets.take("a", rate, 0));
    for (let at = 0; at < 1000; at += 125) expect(buckets.take("a", rate, at)).toBe(false);
    expect(buckets.take("a", rate, 1000)).toBe(true);
  });

  it("keeps each key's bucket apart, and forgets all on a reset", () => {
    const buckets = new TokenBuckets();
    [1, 2].forEach(() => buckets.take("a", rate, 0));
    expect(buckets.take("b", rate, 0)).toBe(true);
    expect(buckets.take("a", rate, 0)).toBe(false);
    buckets.reset();
    expect(buckets.take("a", rate, 0)).toBe(true);
  });
});

describe("rateOf", () => {
  it("knows AWS's published figures", () => {
    expect(rateOf("ec2", "DescribeInstances", false)).toEqual({ capacity: 100, refillPerSecond: 20 });
    expect(rateOf("lambda", "ListFunctions", false)).toEqual({ capacity: 15, refillPerSecond: 15 });
  });

  it("lets few drift detections begin, and more lists be read", () => {
    const begin = rateOf("cloudformation", "DetectStackDrift", false);
    expect(begin.refillPerSecond).toBeLessThan(rateOf("cloudformation", "ListStacks", false).refillPerSecond);
  });

  it("throttles hard in the throttled region, but for sessions", () => {
    expect(rateOf("ec2", "DescribeInstances", true)).toEqual({ capacity: 4, refillPerSecond: 2 });
    expect(rateOf("sts", "AssumeRole", true)).toEqual(rateOf("sts", "AssumeRole", false));
  });
});
