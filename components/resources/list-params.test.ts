import { createLoader } from "nuqs/server";
import { describe, expect, it } from "vitest";
import { exportHref, isFiltered, listInput, listParams, resourcesHref, searchHint } from "./list-params";

const load = createLoader(listParams);
const read = (query: string) => load(new URLSearchParams(query));

describe("listInput", () => {
  it("asks for everything live, by name, where the address says nothing", () => {
    expect(listInput(read(""))).toEqual({ filter: { presence: "live" }, sort: "name", direction: "asc", limit: 100 });
  });
  it("falls back on what is usual for a value that does not exist", () => {
    expect(listInput(read("sort=colour&dir=up&gone=maybe"))).toMatchObject({
      sort: "name",
      direction: "asc",
      filter: { presence: "live" },
    });
  });
});

describe("resourcesHref", () => {
  it("reads back what it wrote, commas and equals signs in tags included", () => {
    const params = {
      ...read(""),
      type: ["AWS::EC2::Instance"],
      tag: ["env=a,b", "team"],
      q: "web & api",
      gone: "all" as const,
    };
    expect(load(new URL(resourcesHref(params), "http://app.test"))).toEqual(params);
  });
});

describe("exportHref", () => {
  it("asks for what the list shows, in the export's own words", () => {
    const query = new URL(
      exportHref(read("q=web&type=AWS::S3::Bucket,AWS::EC2::Volume&gone=all&dir=desc")),
      "http://app.test",
    ).searchParams;
    expect([query.getAll("type"), query.get("q"), query.get("presence"), query.get("direction")]).toEqual([
      ["AWS::S3::Bucket", "AWS::EC2::Volume"],
      "web",
      "all",
      "desc",
    ]);
  });
  it("keeps a tag with a comma whole", () => {
    const params = { ...read(""), tag: ["env=a,b", "team"] };
    expect(new URL(exportHref(params), "http://app.test").searchParams.getAll("tag")).toEqual(["env=a,b", "team"]);
  });
});

describe("isFiltered", () => {
  it("takes blanks for no search and an order for no filter", () => {
    expect(isFiltered(read("q=%20&sort=type"))).toBe(false);
    expect(isFiltered(read("gone=gone"))).toBe(true);
  });
});

describe("searchHint", () => {
  it("tells of one or two letters only how they are looked for", () => {
    expect(searchHint({ q: " db " })).toMatch(/begin with/);
    expect(searchHint({ q: "é" })).toMatch(/begin with/);
    for (const q of ["", "web", "a-", "--"]) expect(searchHint({ q })).toBeUndefined();
  });
});
