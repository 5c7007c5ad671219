import { describe, expect, it } from "vitest";
import { isIndexed, patternsOf } from "./search-patterns";

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

describe("isIndexed", () => {
  it("knows three letters in a row, how a word begins, and two before its end", () => {
    for (const search of ["web", "/a", "-1", "ab-", "d", "db", "é"])
      expect([search, isIndexed(search)]).toEqual([search, true]);
  });
  it("does not know signs, nor one letter before a sign", () => {
    for (const search of ["", "-", "%_", "a-", "::"]) expect([search, isIndexed(search)]).toEqual([search, false]);
  });
});
