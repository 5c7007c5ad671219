import { describe, expect, it } from "vitest";
import { collectors } from "./collectors/index";
import { inventoryActions, sessionPolicies } from "./permissions";

describe("session policies", () => {
  it("fit into what STS takes", () => {
    for (const { inline = "" } of Object.values(sessionPolicies())) expect(inline.length).toBeLessThanOrEqual(2_048);
  });

  it("let the inventory do what its collectors declare, and read nothing that is data", () => {
    const inline = sessionPolicies().inventory.inline ?? "";
    for (const { permissions } of collectors) for (const action of permissions) expect(inline).toContain(`"${action}"`);
    expect(inline).not.toMatch(/GetObject|GetItem|:\*|ReceiveMessage/);
  });

  it("bound drift by ReadOnlyAccess, as a detection reads whatever a stack holds", () => {
    expect(sessionPolicies().drift.arns).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
  });

  it("leave the check unscoped, which asks what the role itself allows", () => {
    expect(sessionPolicies().check).toEqual({});
  });
});

describe("inventory actions", () => {
  it("are sorted, distinct and well-formed", () => {
    const actions = inventoryActions();
    expect(actions).toEqual([...new Set(actions)].sort());
    for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/);
  });
});
