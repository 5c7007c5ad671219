import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POLICY_VERSION, rolePolicies, statementFor, versionIn } from "./role-policy";

/** What each version granted. Changed actions need a new POLICY_VERSION and a new line here; old lines stay. */
const granted: Record<string, string> = {
  "20261124": "76507518a284a6fb",
  "20261126": "ff09c5b533132c89",
};

function fingerprint(): string {
  const actions = rolePolicies().map(({ name, actions }) => [name, actions]);
  return createHash("sha256").update(JSON.stringify(actions)).digest("hex").slice(0, 16);
}

describe("the role's policies", () => {
  it("change their version whenever their actions change", () => {
    expect({ [POLICY_VERSION]: fingerprint() }).toEqual({ [POLICY_VERSION]: granted[POLICY_VERSION] });
  });

  it("carry dated Sids by which their version is found again", () => {
    const documents = rolePolicies().map(({ document }) => JSON.stringify(document));
    expect(documents[0]).toContain(`"CloudGuardInventory${POLICY_VERSION}"`);
    expect(versionIn(documents)).toBe(POLICY_VERSION);
    expect(versionIn(documents.map((text) => text.replaceAll(POLICY_VERSION, "20250101")))).toBe("20250101");
    expect(versionIn([...documents, '{"Sid":"CloudGuardDrift20240101"}'])).toBe("20240101");
    expect(versionIn(['{"Sid":"Other20250101"}'])).toBeNull();
  });

  it("grant nothing that writes or reads data, but for starting a drift detection", () => {
    const actions = rolePolicies().flatMap(({ actions }) => actions);
    const reads = /:(Describe|List|Get|BatchDescribe|Detect|Simulate)/;
    expect(actions.filter((action) => !reads.test(action))).toEqual([]);
    expect(actions).not.toContain("s3:GetObject");
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });

  it("let the role look at itself and at no other role", () => {
    const [inventory] = rolePolicies({ awsAccountId: "123456789012", roleName: "CloudGuardX" });
    const own = inventory?.document.Statement.find(({ Sid }) => Sid.startsWith("CloudGuardSelfCheck"));
    expect(own?.Resource).toBe("arn:aws:iam::123456789012:role/CloudGuardX");
  });

  it("fit into a role's inline policies", () => {
    const size = rolePolicies().reduce((sum, { document }) => sum + JSON.stringify(document).length, 0);
    expect(size).toBeLessThan(10_240);
  });
});

describe("statementFor", () => {
  it("is a statement that can be pasted into a policy", () => {
    expect(JSON.parse(statementFor("rds:DescribeDBInstances", null) ?? "null")).toEqual({
      Sid: "CloudGuardRdsDescribeDBInstances",
      Effect: "Allow",
      Action: "rds:DescribeDBInstances",
      Resource: "*",
    });
  });
  it("is for every resource, unless it is for one: a drifted role is another one than CloudGuard's own", () => {
    const resourceOf = (...more: [string?]) => {
      const statement = statementFor("iam:GetRole", null, ...more);
      return (JSON.parse(statement ?? "null") as { Resource: string }).Resource;
    };
    expect(resourceOf()).toBe("*");
    expect(resourceOf("arn:aws:iam::123456789012:role/CloudGuardMonitoringRole")).toBe(
      "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole",
    );
  });
  it("is none where another policy denies the action, as no statement overrules it", () => {
    const refusal =
      "User: x is not authorized to perform: rds:DescribeDBInstances with an explicit deny in a service control policy";
    expect(statementFor("rds:DescribeDBInstances", refusal)).toBeNull();
  });
});
