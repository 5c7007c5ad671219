import { expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { checkConnection } from "./connection-check";
import { POLICY_VERSION, rolePolicies } from "./role-policy";

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

it("says that a role's policies are older than today's, and of whose that they are not ours", async () => {
  const today = rolePolicies({ awsAccountId: account, roleName }).map(({ name, document }) => ({ name, document }));
  const check = async (policies: object[]) => {
    const { roleArn } = await aws.grantRole({ account, roleName, externalId: "issued", policies });
    return (await checkConnection({ awsAccountId: account, roleArn, externalId: "issued" }, "us-east-1", new Date()))
      .policy;
  };
  const older = JSON.parse(
    JSON.stringify(today).replace(`CloudGuardDrift${POLICY_VERSION}`, "CloudGuardDrift20250131"),
  );
  expect(await check(older as object[])).toEqual({
    ...{ current: POLICY_VERSION, found: "20250131", isOutdated: true },
    note: "The role's policies are older than today's. Update the role from the template.",
  });
  expect(await check(today)).toMatchObject({ found: POLICY_VERSION, isOutdated: false, note: null });
  const own = JSON.parse(JSON.stringify(today).replaceAll(POLICY_VERSION, "")) as object[];
  expect(await check(own)).toMatchObject({
    found: null,
    isOutdated: null,
    note: "The role's policies are not those that CloudGuard generated.",
  });
});
