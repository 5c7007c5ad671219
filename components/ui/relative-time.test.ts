import { describe, expect, it } from "vitest";
import { duration, exactUtc, relativeTime } from "./relative-time";

const now = new Date("2026-11-24T12:00:00Z");
const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1000), now);

describe("relativeTime", () => {
  it("calls a few seconds now, on both sides, so that two clocks a little apart look alike", () => {
    expect([ago(0), ago(9), ago(-9)]).toEqual(["now", "now", "now"]);
  });
  it("uses the largest unit that still tells something", () => {
    expect([ago(10), ago(89), ago(90), ago(3 * 3600), ago(2 * 86400), ago(90 * 86400)]).toEqual([
      "10 s ago",
      "89 s ago",
      "1 min ago",
      "3 h ago",
      "2 d ago",
      "2 mo ago",
    ]);
  });
  it("says in for what is still to come", () => {
    expect(ago(-240)).toBe("in 4 min");
  });
  it("counts months for two years, then years", () => {
    expect([ago(700 * 86400), ago(731 * 86400), ago(1130 * 86400)]).toEqual(["22 mo ago", "2 y ago", "3 y ago"]);
  });
});

describe("duration", () => {
  it("keeps milliseconds below a second", () => {
    expect([duration(12.4), duration(999), duration(1000), duration(125_000)]).toEqual([
      "12 ms",
      "999 ms",
      "1 s",
      "2 min",
    ]);
  });
});

describe("exactUtc", () => {
  it("is UTC whatever zone this machine is in", () => {
    expect(exactUtc(new Date("2026-01-02T03:04:05.678Z"))).toBe("2026-01-02 03:04:05 UTC");
  });
});
