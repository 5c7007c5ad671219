import { describe, expect, it } from "vitest";
import { patternsOf } from "./search-queries";

describe("patternsOf", () => {
  it("looks for three characters and more anywhere", () => expect(patternsOf("web")).toEqual(["%web%"]));
  it("looks for one and two letters where a word begins", () => {
    expect(patternsOf("db")).toEqual(["db%", "%-db%", "%/db%", "%:db%", "%.db%", "% db%", "%\\_db%"]);
    expect(patternsOf("é")).toContain("%-é%");
  });
  it("takes signs as they are, also those that mean something to LIKE", () => {
    expect(patternsOf("-")).toEqual(["%-%"]);
    expect(patternsOf("5%_\\")).toEqual(["%5\\%\\_\\\\%"]);
  });
});
