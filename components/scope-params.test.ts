import { describe, expect, it } from "vitest";
import { loadScope, scopedHref, scopeInput, scopeLists } from "./scope-params";

describe("scopedHref", () => {
  it("keeps account and region, and nothing where there is none", () => {
    expect(scopedHref("/resources", { account: ["a1"], region: ["eu-west-1", "us-east-1"] })).toBe(
      "/resources?account=a1&region=eu-west-1,us-east-1",
    );
    expect(scopedHref("/overview", { account: [], region: [] })).toBe("/overview");
  });
  it("reads back what it wrote", () => {
    const scope = { account: ["a1", "a,2"], region: ["eu-west-1"] };
    expect(loadScope(new URL(scopedHref("/overview", scope), "http://app.test"))).toEqual(scope);
  });
});

describe("scopeLists", () => {
  it("asks for exactly what was chosen", () => {
    expect(scopeLists({ account: ["a1", "a2"], region: ["eu-west-1"] })).toEqual({
      accountIds: ["a1", "a2"],
      regions: ["eu-west-1"],
    });
    expect(scopeLists({ account: [], region: [] })).toEqual({});
  });
});

describe("scopeInput", () => {
  it("asks for one account or all, never for the first of several", () => {
    expect(scopeInput({ account: ["a1"], region: [] })).toEqual({ accountId: "a1" });
    expect(scopeInput({ account: ["a1", "a2"], region: ["eu-west-1"] })).toEqual({ region: "eu-west-1" });
  });
});
