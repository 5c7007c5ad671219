import { describe, expect, it } from "vitest";
import { hides, ruleFor } from "./ignoring";

const anything = { accountId: null, stackId: null, resourceType: null, logicalId: null, propertyPath: null };
const tag = {
  accountId: "a",
  stackId: "s",
  type: "AWS::S3::Bucket",
  logicalId: "Assets",
  path: "/Tags/2",
  stablePath: "/Tags[LastScanned]",
};
const deletion = { ...tag, path: "", stablePath: "" };

describe("hides", () => {
  it.each([
    [{ accountId: "a" }, true],
    [{ accountId: "b" }, false],
    [{ accountId: "a", stackId: "other" }, false],
    [{ resourceType: "AWS::S3::Bucket", logicalId: "Assets" }, true],
    [{ propertyPath: "/Tags" }, true],
    [{ propertyPath: "/Tags/2" }, true],
    [{ propertyPath: "/Tags/*" }, true],
    [{ propertyPath: "/Tags[LastScanned]" }, true],
    [{ propertyPath: "/Tags[Owner]" }, false],
    [{ propertyPath: "/Tag" }, false],
    [{ propertyPath: "/Tags/2/Value" }, false],
    [{ logicalId: "Assets", propertyPath: "/Versioning" }, false],
  ])("%j: %s", (scope, expected) => {
    expect(hides({ ...anything, ...scope }, tag)).toBe(expected);
  });

  it("takes a key with a slash for one member", () => {
    const slashed = { ...tag, path: "/Tags/0/Value", stablePath: "/Tags[team/owner]/Value" };
    expect(hides({ ...anything, propertyPath: "/Tags[team/owner]" }, slashed)).toBe(true);
    expect(hides({ ...anything, propertyPath: "/Tags[team]" }, slashed)).toBe(false);
  });

  it("hides a deletion only where no path is asked for", () => {
    expect(hides({ ...anything, propertyPath: "/Tags" }, deletion)).toBe(false);
    expect(hides({ ...anything, logicalId: "Assets" }, deletion)).toBe(true);
  });
});

describe("ruleFor", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const rule = { ...anything, id: "r", reason: "noise", accountId: "a" };

  it("forgets a rule that has ended", () => {
    expect(ruleFor([{ ...rule, expiresAt: now }], tag, now)).toBeNull();
    expect(ruleFor([{ ...rule, expiresAt: new Date(now.getTime() + 1) }], tag, now)?.id).toBe("r");
    expect(ruleFor([{ ...rule, expiresAt: null }], tag, now)?.id).toBe("r");
  });
});
