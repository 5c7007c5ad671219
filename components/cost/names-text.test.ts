import { expect, it } from "vitest";
import { namesText } from "./names-text";

it("names four at most, and says how many more there are", () => {
  expect(namesText(["a"])).toBe("a");
  expect(namesText(["a", "b", "c", "d"])).toBe("a, b, c, d");
  expect(namesText(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
});
