import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { sortKeys } from "./filter";
import { readCursor, readTag, resourceListInput, writeCursor } from "./filter";

describe("cursor", () => {
  it("comes back as it was written, whatever the value", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom("name", "type", "region", "state"), (value, id, sort) => {
        const cursor = { sort: sort as (typeof sortKeys)[number], direction: "asc" as const, value, id };
        expect(readCursor(writeCursor(cursor), cursor)).toEqual(cursor);
      }),
    );
  });
  it.each(["", "x", "bnVsbA", "WzFd"])("refuses %j by name", (text) => {
    expect(() => readCursor(text, { sort: "name", direction: "asc" })).toThrow(/cursor is not valid/);
  });
  it("refuses the cursor of another order", () => {
    const cursor = writeCursor({ sort: "name", direction: "asc", value: "a", id: "1" });
    expect(() => readCursor(cursor, { sort: "type", direction: "asc" })).toThrow(/another sort order/);
  });
  it("refuses a time that is none", () => {
    const cursor = writeCursor({ sort: "firstSeenAt", direction: "asc", value: "soon", id: "1" });
    expect(() => readCursor(cursor, { sort: "firstSeenAt", direction: "asc" })).toThrow(/not valid/);
  });
});

describe("readTag", () => {
  it("splits at the first equals sign", () => expect(readTag("a=b=c")).toEqual({ key: "a", value: "b=c" }));
  it("takes a bare key", () => expect(readTag("Team")).toEqual({ key: "Team", value: null }));
  it("keeps an empty value apart from none", () => expect(readTag("Team=")).toEqual({ key: "Team", value: "" }));
});

describe("resourceListInput", () => {
  it("refuses a search of 10,000 characters and an unknown filter", () => {
    expect(resourceListInput.safeParse({ filter: { search: "x".repeat(10_000) } }).success).toBe(false);
    expect(resourceListInput.safeParse({ filter: { colour: "red" } }).success).toBe(false);
  });
  it("lists what is live, by name, when nothing is asked", () => {
    expect(resourceListInput.parse({})).toMatchObject({
      sort: "name",
      direction: "asc",
      limit: 50,
      filter: { presence: "live" },
    });
  });
});
