import { describe, expect, it } from "vitest";
import { whyIncomplete } from "./completeness-words";

const whole = {
  ...{ cellsTotal: 12, cellsRead: 12, cellsFailing: 0 },
  ...{ accountsFailing: 0, accountsWaiting: 0, isPartial: false },
};

describe("whyIncomplete", () => {
  it("has nothing to say where all was read", () => {
    expect(whyIncomplete(whole)).toBeNull();
  });
  it("tells what failed from what is still to come", () => {
    expect(whyIncomplete({ ...whole, cellsRead: 7, cellsFailing: 4, isPartial: true })).toBe(
      "4 of 12 scans could not be read; 1 of 12 scans has not been read yet.",
    );
  });
  it("does not count a scan that was read once and fails now as still to come", () => {
    expect(whyIncomplete({ ...whole, cellsFailing: 2, isPartial: true })).toBe("2 of 12 scans could not be read.");
  });
  it("counts accounts whose scans nobody knows", () => {
    expect(whyIncomplete({ ...whole, accountsFailing: 1, accountsWaiting: 2, isPartial: true })).toBe(
      "CloudGuard could not get into 1 account; 2 accounts have not been read yet.",
    );
  });
  it("says so where nothing was asked yet", () => {
    expect(whyIncomplete({ ...whole, cellsTotal: 0, cellsRead: 0 })).toBe("Nothing has been read yet.");
  });
});
