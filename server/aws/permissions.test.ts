import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { collectors } from "./collectors/index";
import { iamAction } from "./iam-action";
import {
  billingActions,
  driftActions,
  identityActions,
  inventoryActions,
  selfCheckActions,
  sessionPolicies,
} from "./permissions";

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

describe("all that is declared", () => {
  it("is called, but for what AWS calls itself and what the documented role has", () => {
    const declared = [
      ...identityActions,
      ...selfCheckActions,
      ...inventoryActions(),
      ...driftActions,
      ...billingActions,
    ];
    const called = new Set(operationsCalled());
    expect(called.size).toBeGreaterThan(20);
    expect(declared.filter((action) => !called.has(action.split(":")[1]!))).toEqual([
      "cloudformation:BatchDescribeTypeConfigurations",
      "cloudformation:DescribeStackResources",
      "ce:GetDimensionValues",
    ]);
  });
});

/** By the names of IAM's actions, out of the code itself: `new …Command(` and `paginate…(`. */
function operationsCalled(): string[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...readFileSync(path.join(import.meta.dirname, file), "utf8").matchAll(
        /new (?:s3\.)?(\w+)Command\(|\bpaginate(\w+)\(/g,
      ),
    ])
    .map(([, sent, paged]) => iamAction({ service: "s3", operation: (sent ?? paged)! }).split(":")[1]!);
}
