import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answered, fullBucket, refilled, spent, throttled, waitMs, type Bucket } from "./token-bucket";

const rate = { capacity: 10, refillPerSecond: 5 };
const empty = (now: number): Bucket => ({ ...fullBucket(rate, now), tokens: 0 });

describe("a token bucket", () => {
  it("lets as many calls go at once as it holds", () => {
    let bucket = fullBucket(rate, 0);
    for (let call = 0; call < 10; call++) {
      expect(waitMs(bucket, 0, 0)).toBe(0);
      bucket = spent(bucket, 0);
    }
    expect(waitMs(bucket, 0, 0)).toBe(200);
  });

  it("counts promised tokens as spent", () => {
    expect(waitMs(fullBucket(rate, 0), 9, 0)).toBe(0);
    expect(waitMs(fullBucket(rate, 0), 10, 0)).toBe(200);
  });

  it("never holds more than its capacity", () => {
    expect(refilled(fullBucket(rate, 0), 3_600_000).tokens).toBe(10);
  });

  it("ignores a clock that went backwards", () => {
    expect(refilled(empty(1000), 500)).toEqual(empty(1000));
  });

  it("halves its rate when throttled, and only once for calls that were in the air together", () => {
    const once = throttled(fullBucket(rate, 0), 100, 300, 1);
    expect(once.refillPerSecond).toBe(2.5);
    const again = throttled(once, 200, 301, 1);
    expect(again.refillPerSecond).toBeCloseTo(2.5, 1);
    expect(again.streak).toBe(1);
    expect(throttled(once, 400, 500, 1).refillPerSecond).toBeLessThan(1.5);
  });

  it("lets few calls be under way at first, one more with every fourth answer, and half as many after a throttle", () => {
    let bucket = fullBucket({ capacity: 30, refillPerSecond: 5 }, 0);
    expect(bucket.window).toBe(5);
    for (let call = 0; call < 4; call++) bucket = answered(bucket);
    expect(bucket.window).toBe(6);
    for (let call = 0; call < 100; call++) bucket = answered(bucket);
    expect(bucket.window).toBe(30);
    expect(throttled(bucket, 100, 300, 1).window).toBe(15);
    expect(throttled({ ...bucket, window: 1 }, 100, 300, 1).window).toBe(1);
  });

  it("pauses longer with each throttle in a row, up to ten seconds, and forgets the row at an answer", () => {
    let bucket = fullBucket(rate, 0);
    const pauses: number[] = [];
    let now = 0;
    for (let round = 0; round < 8; round++) {
      now += 20_000;
      bucket = throttled(bucket, now, now, 1);
      pauses.push(bucket.at - now);
    }
    expect(pauses).toEqual([400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
    expect(throttled(answered(bucket), now + 1, now + 1, 1).streak).toBe(1);
  });

  it("saves nothing up in a pause: when it ends, one call tries", () => {
    const paused = throttled(fullBucket({ capacity: 100, refillPerSecond: 50 }, 0), 0, 200, 1);
    expect(waitMs(paused, 0, 200)).toBe(400);
    expect(waitMs(paused, 0, 600)).toBe(0);
    expect(waitMs(paused, 1, 600)).toBe(40);
  });

  it("recovers quickly to just under the throttled rate and slowly beyond it", () => {
    const bucket = throttled(fullBucket(rate, 0), 0, 0, 1);
    expect(refilled(bucket, 20_000).refillPerSecond).toBeCloseTo(4.25);
    expect(refilled(refilled(bucket, 20_000), 30_000).refillPerSecond).toBeLessThan(4.6);
    expect(refilled(refilled(bucket, 20_000), 120_000).refillPerSecond).toBe(5);
  });

  it("never allows more calls in a time than capacity plus refill", () => {
    const steps = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 800 }), isThrottled: fc.boolean() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (timeline) => {
        let bucket = fullBucket(rate, 0);
        let now = 0;
        let calls = 0;
        for (const { afterMs, isThrottled } of timeline) {
          now += afterMs;
          if (waitMs(bucket, 0, now) > 0) continue;
          bucket = spent(bucket, now);
          calls++;
          if (isThrottled) bucket = throttled(bucket, now, now, 0.5);
        }
        expect(calls).toBeLessThanOrEqual(rate.capacity + (now / 1000) * rate.refillPerSecond + 1e-6);
      }),
    );
  });

  it("always lets the next call go in the end", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 50 }), (gaps) => {
        let bucket = fullBucket(rate, 0);
        let now = 0;
        for (const gap of gaps) bucket = throttled(bucket, (now += gap), now, 1);
        const wait = waitMs(bucket, 0, now);
        expect(wait).toBeLessThanOrEqual(15_000);
        expect(waitMs(bucket, 0, now + wait)).toBe(0);
      }),
    );
  });
});
