import { describe, expect, it } from "vitest";
import { apiKeyRights } from "./api-key-rights";

describe("an API key", () => {
  it.each([
    ["person", [], { isAdmin: true, mayWrite: true }],
    ["person", ["read"], { isAdmin: true, mayWrite: false }],
    ["person", ["read", "write"], { isAdmin: true, mayWrite: true }],
    ["organisation", [], { isAdmin: false, mayWrite: true }],
    ["organisation", ["read"], { isAdmin: false, mayWrite: false }],
    ["organisation", ["write"], { isAdmin: false, mayWrite: true }],
    ["organisation", ["admin"], { isAdmin: true, mayWrite: true }],
    ["organisation", ["something-else"], { isAdmin: false, mayWrite: false }],
  ] as const)("of a %s with the scopes %j may %j", (subject, scopes, rights) => {
    expect(apiKeyRights(subject, scopes)).toEqual(rights);
  });
});
