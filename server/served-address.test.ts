import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { servedAddress } from "./served-address";

describe("the address that a request is served at", () => {
  it.each([
    ...[
      "/",
      "/overview",
      "/accounts/a%20b?x=%ZZ",
      "/resources?tag=a%2Fb",
      "/accounts/",
      "//accounts",
      "/api/aws-accounts?page=1&limit=2",
    ],
    ...["/apis/", "/healthy//x", "/_next/static/chunks/a.js"],
  ])("is the one that was asked for: %s", (target) => {
    expect(servedAddress(target)).toBe(target);
  });

  it.each([
    ["/api/aws-accounts/", "/api/aws-accounts"],
    ["/api//aws-accounts///x/?a=//b/", "/api/aws-accounts/x?a=//b/"],
    ["//api/aws-accounts", "/api/aws-accounts"],
    ["/health/", "/health"],
    ["/api/", "/api"],
  ])("has no slash too many where a program would not follow a redirect: %s", (target, served) => {
    expect(servedAddress(target)).toBe(served);
  });

  it.each([
    ["/%ZZ", "/%25ZZ"],
    ["/api/aws-accounts/%E0%A4%A?x=%ZZ", "/api/aws-accounts/%25E0%25A4%25A?x=%ZZ"],
    ["/..%c0%af../etc/passwd", "/..%25c0%25af../etc/passwd"],
  ])("is taken literally where it cannot be decoded: %s", (target, served) => {
    expect(servedAddress(target)).toBe(served);
    expect(decodeURIComponent(served.split("?")[0]!)).toBe(target.split("?")[0]);
  });

  it.each([
    ["*", "/"],
    ["http://cloudguard.example.com/api/health?x", "/api/health?x"],
    ["HTTPS://cloudguard.example.com", "/"],
    ["https://cloudguard.example.com?x", "/?x"],
  ])("leaves out what is before the path: %s", (target, served) => {
    expect(servedAddress(target)).toBe(served);
  });

  it("is a path that can be decoded, whatever was sent, and is served at itself", () => {
    const targets = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(..."/%a0Z?#*:api") }).map((rest) => `/${rest}`),
    );
    fc.assert(
      fc.property(targets, (target) => {
        const served = servedAddress(target);
        expect(served).toMatch(/^\//);
        expect(() => decodeURIComponent(served.split("?")[0]!)).not.toThrow();
        expect(servedAddress(served)).toBe(served);
      }),
    );
  });
});
