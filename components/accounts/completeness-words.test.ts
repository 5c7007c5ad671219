import { describe, expect, it } from "vitest";
import { isPartial, whyIncomplete } from "./completeness-words";

describe("whyIncomplete", () => {
  it("has nothing to say where all was read", () => {
    expect(whyIncomplete({ cellsTotal: 12, cellsRead: 12, cellsFailing: 0 })).toBeNull();
  });
  it("tells what failed from what is still to come", () => {
    expect(whyIncomplete({ cellsTotal: 12, cellsRead: 7, cellsFailing: 4 })).toBe(
      "4 of 12 scans could not be read; 1 of 12 scans has not been read yet.",
    );
  });
  it("does not count a scan that was read once and fails now as still to come", () => {
    expect(whyIncomplete({ cellsTotal: 12, cellsRead: 12, cellsFailing: 2 })).toBe("2 of 12 scans could not be read.");
  });
});

describe("isPartial", () => {
  it("is so where something failed, although all was read once", () => {
    expect(isPartial({ cellsTotal: 2, cellsRead: 2, cellsFailing: 1 })).toBe(true);
    expect(isPartial({ cellsTotal: 2, cellsRead: 2, cellsFailing: 0 })).toBe(false);
  });
});
