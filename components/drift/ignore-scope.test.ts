import { describe, expect, it } from "vitest";
import { expiryAt, reaches, scopeFor, scopeText, type IgnoreSubject } from "./ignore-scope";

const subject: IgnoreSubject = {
  accountId: "a1",
  accountName: "Production",
  stackId: "s1",
  stackName: "web-app",
  resourceType: "AWS::S3::Bucket",
  logicalId: "Assets",
  path: "/Tags[LastScanned]",
};

describe("scopeFor", () => {
  it("widens from one resource to its kind everywhere", () => {
    const scopes = reaches(subject).map(([reach]) => scopeFor(subject, reach, "/Tags"));
    expect(scopes).toEqual([
      { stackId: "s1", logicalId: "Assets", propertyPath: "/Tags" },
      { stackId: "s1", resourceType: "AWS::S3::Bucket", propertyPath: "/Tags" },
      { accountId: "a1", resourceType: "AWS::S3::Bucket", propertyPath: "/Tags" },
      { resourceType: "AWS::S3::Bucket", propertyPath: "/Tags" },
    ]);
  });
  it("means all of a resource where no path is given", () => {
    expect(scopeFor(subject, "resource", "  ")).toEqual({ stackId: "s1", logicalId: "Assets" });
  });
});

describe("scopeText", () => {
  const nothing = { accountId: null, accountName: null, stackId: null, stackName: null };
  it("reads as a sentence", () => {
    expect(scopeText({ ...nothing, propertyPath: "/Tags", logicalId: null, resourceType: "AWS::S3::Bucket" })).toBe(
      "/Tags of every AWS::S3::Bucket",
    );
    expect(
      scopeText({
        ...nothing,
        stackId: "s",
        stackName: "web-app",
        propertyPath: null,
        logicalId: "Assets",
        resourceType: null,
      }),
    ).toBe("Everything of Assets in web-app");
  });
  it("does not widen a rule whose account is gone", () => {
    expect(scopeText({ ...nothing, accountId: "a", propertyPath: "/Tags", logicalId: null, resourceType: null })).toBe(
      "/Tags of every resource in an account that is gone",
    );
  });
});

describe("expiryAt", () => {
  const now = new Date("2026-11-24T10:00:00Z");
  it("counts days from now, and never has no date", () => {
    expect(expiryAt("7", now)).toEqual(new Date("2026-12-01T10:00:00Z"));
    expect(expiryAt("never", now)).toBeUndefined();
  });
});
