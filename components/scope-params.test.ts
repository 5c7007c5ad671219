import { describe, expect, it } from "vitest";
import { loadScope, scopedHref, scopeInput } from "./scope-params";

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

describe("scopeInput", () => {
  it("asks for exactly what was chosen", () => {
    expect(scopeInput({ account: ["a1", "a2"], region: ["eu-west-1"] })).toEqual({
      accountIds: ["a1", "a2"],
      regions: ["eu-west-1"],
    });
    expect(scopeInput({ account: [], region: [] })).toEqual({});
  });
});
