import { describe, expect, it } from "vitest";
import { searchText } from "./search-text";

describe("searchText", () => {
  it.each([
    ["", undefined],
    ["  ", undefined],
    [" web api ", "web api"],
    ["w".repeat(200), "w".repeat(200)],
  ])("of %j is %j", (typed, asked) => {
    expect(searchText(typed)).toBe(asked);
  });
  it("is of an endless text too long for the server, and short enough to get there", () => {
    const asked = searchText("é".repeat(10_000))!;
    expect(asked.length).toBeGreaterThan(200);
    expect(encodeURIComponent(asked).length).toBeLessThan(2000);
  });
});
