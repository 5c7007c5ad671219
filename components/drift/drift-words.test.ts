import { describe, expect, it } from "vitest";
import type { Coverage } from "@/server/drift/views";
import { coverageText, findingText, isOutdated, scheduleText } from "./drift-words";

describe("coverageText", () => {
  it("shows no zero where nothing was detected", () => {
    expect(coverageText(null)).toBeNull();
    expect(coverageText({ checked: 31, total: 40 })).toBe("31 of 40");
  });
});

describe("findingText", () => {
  const summary = { driftedResources: 2, differences: 3, newDifferences: 1, coverage: null } as Parameters<
    typeof findingText
  >[0];
  it("tells what was found, what was new, and no result from no differences", () => {
    expect(findingText(summary)).toBe("2 resources, 3 differences, 1 new");
    expect(findingText({ ...summary, newDifferences: 0 })).toBe("2 resources, 3 differences");
    const coverage = { checked: 3, total: 7, unknown: 4, notChecked: 0 } as Coverage;
    expect(findingText({ ...summary, driftedResources: 0, coverage })).toBe("no differences in 3 of 7");
    expect(findingText({ ...summary, driftedResources: 0, coverage: { ...coverage, unknown: 0 } })).toBe(
      "no differences",
    );
    expect(findingText({ ...summary, driftedResources: 0, differences: 0 })).toBe("no differences");
    expect(findingText({ ...summary, driftedResources: null })).toBe("no result");
  });
});

describe("isOutdated", () => {
  const [before, after] = [new Date("2026-11-20T00:00:00Z"), new Date("2026-11-21T00:00:00Z")];
  it("holds once the stack was updated after its detection, and never without either", () => {
    expect(isOutdated({ updatedAt: after, drift: { asOf: before } })).toBe(true);
    expect(isOutdated({ updatedAt: before, drift: { asOf: after } })).toBe(false);
    expect(isOutdated({ updatedAt: null, drift: { asOf: before } })).toBe(false);
    expect(isOutdated({ updatedAt: after, drift: { asOf: null } })).toBe(false);
  });
});

describe("scheduleText", () => {
  it("names the day and the hour", () => {
    expect(scheduleText({ frequency: "WEEKLY", hour: 3, weekday: 1 })).toBe("Mondays at 03:00 UTC");
    expect(scheduleText({ frequency: "DAILY", hour: 14, weekday: 1 })).toBe("Every day at 14:00 UTC");
    expect(scheduleText({ frequency: "OFF", hour: 3, weekday: 1 })).toBe("Off");
  });
});
