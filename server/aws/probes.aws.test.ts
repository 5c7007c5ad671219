import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { POLICY_VERSION, versionIn } from "../accounts/role-policy";
import { probeFeatures } from "./feature-probe";
import { callerPrincipal } from "./identity";
import { openSession } from "./session";
import { probeTrust } from "./trust-probe";

const production = "123456789012";
const aws = useSimulatedAws({ limits: "off" });

describe("probing a role's trust", () => {
  it("accepts a role that asks for exactly our ExternalId, and reads the caller back", async () => {
    expect(await probeTrust(await aws.grant(production))).toMatchObject({
      withIssuedId: "accepted",
      withoutId: "refused",
      withWrongId: "refused",
      callerAccount: production,
      problem: null,
      fix: null,
    });
  });

  it("finds a role that asks for no ExternalId", async () => {
    const trust = await probeTrust(await aws.grant(production, { externalId: null }));
    expect(trust).toMatchObject({ withIssuedId: "accepted", withoutId: "accepted", withWrongId: "accepted" });
    expect(trust.problem).toContain("without an ExternalId and with a wrong ExternalId");
    expect(trust.fix).toContain("sts:ExternalId");
  });

  it("is refused by a role that does not exist or does not trust us", async () => {
    const grant = await aws.grant(production);
    const missing = { ...grant, roleArn: `arn:aws:iam::${production}:role/CloudGuardNowhere` };
    for (const trust of [await probeTrust(missing), await probeTrust({ ...grant, externalId: "cg-another" })]) {
      expect(trust.withIssuedId).toBe("refused");
      expect(trust.problem).toContain("AWS refused");
    }
  });

  it("never takes an outage for a refusal", async () => {
    const grant = await aws.grant(production);
    await aws.fault({ kind: "error5xx", service: "sts", operation: "AssumeRole" });
    const trust = await probeTrust(grant);
    expect([trust.withIssuedId, trust.withoutId, trust.withWrongId]).toEqual(Array(3).fill("unavailable"));
    expect(trust.problem).toContain("could not be asked");
  });

  it("knows whom customers should trust", async () => {
    expect(await callerPrincipal()).toBe("arn:aws:iam::999900001111:root");
  });
});

describe("probing what a role allows", () => {
  it("finds every action allowed, and the policies' version, on a role made as we say", async () => {
    const { features, documents } = await probeFeatures(openSession(await aws.grant(production), "check"), "us-east-1");
    const probes = features.flatMap(({ probes }) => probes);
    expect(probes.filter(({ result }) => result !== "allowed")).toEqual([]);
    expect(probes.filter(({ by }) => by === "call").length).toBeGreaterThan(12);
    expect(features.find(({ feature }) => feature === "billing")?.probes[0]?.by).toBe("simulation");
    expect(versionIn(documents as string[])).toBe(POLICY_VERSION);
  });

  it("names each action that is denied, by the call or by the simulation", async () => {
    const grant = await aws.grant(production, { lacks: ["rds:Describe*", "ce:GetCostForecast"] });
    const { features } = await probeFeatures(openSession(grant, "check"), "us-east-1");
    const denied = features.flatMap(({ probes }) => probes.filter(({ result }) => result === "denied"));
    expect(denied.map(({ action, by }) => `${action} ${by}`).sort()).toEqual([
      "ce:GetCostForecast simulation",
      "rds:DescribeDBClusters call",
      "rds:DescribeDBInstances call",
    ]);
  });

  it("says unknown where neither could answer", async () => {
    const grant = await aws.grant(production, { lacks: ["iam:SimulatePrincipalPolicy", "iam:GetRolePolicy"] });
    const { features, documents } = await probeFeatures(openSession(grant, "check"), "us-east-1");
    const billing = features.find(({ feature }) => feature === "billing")!;
    for (const { result, by } of billing.probes) expect([result, by]).toEqual(["unknown", "none"]);
    expect(documents).toMatchObject({ kind: "denied", action: "iam:GetRolePolicy" });
    const self = features[0]!.probes.filter(({ result }) => result === "denied").map(({ action }) => action);
    expect(self.sort()).toEqual(["iam:GetRolePolicy", "iam:SimulatePrincipalPolicy"]);
  });
});
