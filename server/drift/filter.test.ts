import { describe, expect, it } from "vitest";
import { ignoreRuleInput, ignoreScope } from "./filter";

describe("an ignore rule's scope", () => {
  it.each([
    [{}, false],
    [{ propertyPath: "/" }, false],
    [{ propertyPath: "/*" }, false],
    [{ propertyPath: "/*/*" }, false],
    [{ propertyPath: "/Tags" }, true],
    [{ propertyPath: "/*/Value" }, true],
    [{ propertyPath: "/*", resourceType: "AWS::S3::Bucket" }, true],
    [{ accountId: "a" }, true],
  ])("%j: %s", (scope, isEnough) => {
    expect(ignoreScope.safeParse(scope).success).toBe(isEnough);
    expect(ignoreRuleInput.safeParse({ ...scope, reason: "Noise" }).success).toBe(isEnough);
  });
});
