import { expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { checkConnection } from "./connection-check";
import { rolePolicies } from "./role-policy";

const aws = useSimulatedAws();
const account = "123456789012";
const roleName = "CloudGuardBarred";

it("offers a statement for what the role lacks, and none for what one of its policies denies", async () => {
  const handedOut = rolePolicies({ awsAccountId: account, roleName }).map(({ name, document }) => ({ name, document }));
  const denied = ["ce:GetCostAndUsage", "s3:GetEncryptionConfiguration"];
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: denied, Resource: "*" }] };
  const { roleArn } = await aws.grantRole({
    ...{ account, roleName, externalId: "issued", lacks: ["ce:GetCostForecast"] },
    policies: [...handedOut, { name: "Guardrail", document }],
  });
  const grant = { awsAccountId: account, roleArn, externalId: "issued" };
  const { features } = await checkConnection(grant, "us-east-1", new Date());
  const probes = new Map(features.flatMap(({ probes }) => probes.map((probe) => [probe.action, probe])));
  for (const action of denied)
    expect(probes.get(action)).toEqual({
      ...{ action, result: "denied", by: "simulation", statement: null },
      message: "A policy denies it explicitly. Take that out: no statement that is added would help.",
    });
  expect(probes.get("ce:GetCostForecast")).toMatchObject({
    ...{ result: "denied", message: "No policy of the role allows it." },
    statement: expect.stringContaining("ce:GetCostForecast") as string,
  });
});
