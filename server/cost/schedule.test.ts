import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStale, mayAskAgainAt, nextMonth, nextSlot, retryAt } from "./schedule";

const at = (text: string) => new Date(`2026-11-24T${text}:00Z`);

describe("the schedule", () => {
  it.each([
    ["00:00", "2026-11-24T18:00"],
    ["06:10", "2026-11-24T18:00"],
    ["11:59", "2026-11-24T18:00"],
    ["12:01", "2026-11-25T06:00"],
    ["18:10", "2026-11-25T06:00"],
    ["23:59", "2026-11-25T06:00"],
  ])("after a refresh at %s goes on at %s", (now, next) => {
    expect(nextSlot(at(now)).toISOString()).toContain(next);
  });

  it("reads at most twice a UTC day, however often a person asks between the slots", () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
        // Minutes between one click and the next.
        fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 40 }),
        (begin, pauses) => {
          const starts = [begin];
          let clock = begin;
          for (const pause of pauses) {
            clock = new Date(clock.getTime() + pause * 60_000);
            while (nextSlot(starts.at(-1)!) <= clock) starts.push(nextSlot(starts.at(-1)!));
            if (mayAskAgainAt(starts.at(-1)!) <= clock) starts.push(clock);
          }
          const days = starts.map((start) => start.toISOString().slice(0, 10));
          for (const day of days) expect(days.filter((each) => each === day).length).toBeLessThanOrEqual(2);
        },
      ),
    ));

  it("tries again soon what passes, three times, and at the next slot what does not", () => {
    expect(retryAt(1, true, at("06:10"))).toEqual(at("06:12"));
    expect(retryAt(3, true, at("06:10"))).toEqual(at("07:10"));
    expect(retryAt(4, true, at("06:10"))).toEqual(at("18:00"));
    expect(retryAt(1, false, at("06:10"))).toEqual(at("18:00"));
  });

  it("lets a person ask once before noon and once after it, and a cap end with its month", () => {
    expect(mayAskAgainAt(at("06:10"))).toEqual(at("12:00"));
    expect(mayAskAgainAt(at("12:00"))).toEqual(new Date("2026-11-25T00:00:00Z"));
    expect(mayAskAgainAt(null) <= at("00:00")).toBe(true);
    expect(nextMonth(at("06:10")).toISOString()).toBe("2026-12-01T00:00:00.000Z");
  });

  it("calls stale what two slots should have replaced", () => {
    expect(isStale(at("06:00"), new Date("2026-11-25T11:59:00Z"))).toBe(false);
    expect(isStale(at("06:00"), new Date("2026-11-25T12:01:00Z"))).toBe(true);
    expect(isStale(null, at("06:00"))).toBe(false);
  });
});
