import { EC2Client, DescribeInstancesCommand, DescribeVolumesCommand } from "@aws-sdk/client-ec2";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type AssumeRoleRequest } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cloudGuard } from "./identities";
import { startSimulatedAws } from "./server";

const account = "123456789012";
const RoleArn = `arn:aws:iam::${account}:role/CloudGuardMonitoringRole`;
const externalId = "issued-for-this-account";
let aws: Awaited<ReturnType<typeof startSimulatedAws>>;

beforeAll(async () => {
  aws = await startSimulatedAws({ limits: "off" });
});
afterAll(() => aws.close());
beforeEach(async () => {
  await admin("DELETE", "/_sim/faults");
  await admin("POST", "/_sim/roles", { account, externalId, policies: [policy("*")] });
  await admin("GET", "/_sim/calls?reset=1");
});

async function admin(method: string, path: string, body?: object) {
  const answer = await fetch(aws.url + path, { method, body: body && JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as never };
}
const policy = (...Action: string[]) => ({
  name: "One",
  document: { Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
});

const options = (credentials: object = cloudGuard, region = "us-east-1") => ({
  endpoint: aws.url,
  region,
  maxAttempts: 1,
  credentials: credentials as typeof cloudGuard,
});
async function session(request: Partial<AssumeRoleRequest> = {}, region?: string) {
  const asked = { RoleArn, RoleSessionName: "test", ExternalId: externalId, ...request };
  const { Credentials } = await new STSClient(options()).send(new AssumeRoleCommand(asked));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  return options({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }, region);
}

describe("AssumeRole", () => {
  it("opens a session of the role for whom it trusts", async () => {
    const { Arn } = await new STSClient(await session()).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:sts::${account}:assumed-role/CloudGuardMonitoringRole/test`);
  });

  it.each<[string, Partial<AssumeRoleRequest>]>([
    ["a wrong ExternalId", { ExternalId: "another" }],
    ["no ExternalId", { ExternalId: undefined }],
    ["a role that does not exist", { RoleArn: `${RoleArn}Two` }],
  ])("refuses %s in the same words", async (_what, request) => {
    await expect(session(request)).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: ${cloudGuard.arn} is not authorized to perform: sts:AssumeRole on resource: ${request.RoleArn ?? RoleArn}`,
    });
  });

  it("refuses a principal that the role does not trust", async () => {
    await admin("POST", "/_sim/roles", { account, externalId, principal: "arn:aws:iam::111111111111:root" });
    await expect(session()).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it.each([899, 3601])("refuses a session of %i seconds", async (DurationSeconds) => {
    await expect(session({ DurationSeconds })).rejects.toMatchObject({ name: "ValidationError" });
  });
});

describe("permissions", () => {
  it("denies what the role does not allow, and names the action", async () => {
    await admin("POST", "/_sim/roles", { account, externalId, policies: [policy("ec2:DescribeVolumes")] });
    const keys = await session();
    await expect(new RDSClient(keys).send(new DescribeDBInstancesCommand({}))).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringMatching(
        /is not authorized to perform: rds:DescribeDBInstances on resource: .* because no identity-based policy allows the rds:DescribeDBInstances action$/,
      ) as string,
    });
    await expect(new EC2Client(keys).send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: "UnauthorizedOperation",
      message: expect.stringMatching(/^You are not authorized to perform this operation\. User: /) as string,
    });
    await new EC2Client(keys).send(new DescribeVolumesCommand({}));
  });

  it("denies what the session policy leaves out, though the role allows it", async () => {
    const Policy = JSON.stringify(policy("ec2:Describe*").document);
    const keys = await session({ Policy });
    await new EC2Client(keys).send(new DescribeInstancesCommand({}));
    await expect(new RDSClient(keys).send(new DescribeDBInstancesCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining("because no session policy allows the rds:DescribeDBInstances action") as string,
    });
  });

  it("never gives a session more than the role has", async () => {
    await admin("POST", "/_sim/roles", { account, externalId, policies: [policy("ec2:DescribeVolumes")] });
    const keys = await session({ PolicyArns: [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }] });
    await expect(new RDSClient(keys).send(new DescribeDBInstancesCommand({}))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("lets a role read itself and no other where its policy names it alone", async () => {
    const own = { Effect: "Allow", Action: "iam:GetRole", Resource: RoleArn };
    const policies = [{ name: "SelfCheck", document: { Statement: [own] } }];
    await admin("POST", "/_sim/roles", { account, externalId, policies });
    await admin("POST", "/_sim/roles", { account, externalId, roleName: "Another" });
    const iam = new IAMClient(await session());
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "CloudGuardMonitoringRole" }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain(externalId);
    await expect(iam.send(new GetRoleCommand({ RoleName: "Another" }))).rejects.toMatchObject({ name: "AccessDenied" });
  });
});

describe("regions", () => {
  it("refuses a session in a region that the account has not enabled", async () => {
    const keys = await session({}, "me-south-1");
    await expect(new EC2Client(keys).send(new DescribeInstancesCommand({}))).rejects.toMatchObject({
      name: "AuthFailure",
    });
    await expect(new LambdaClient(keys).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });
});

describe("faults", () => {
  it.each([
    ["throttle", "TooManyRequestsException"],
    ["error5xx", "ServiceException"],
    ["denied", "AccessDeniedException"],
    ["expired", "ExpiredTokenException"],
  ])("answers as AWS does (%s), once, and counts it as refused", async (kind, name) => {
    const lambda = new LambdaClient(await session());
    await admin("POST", "/_sim/faults", { kind, service: "lambda", times: 1 });
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({ name });
    await lambda.send(new ListFunctionsCommand({}));
    const { body } = await admin("GET", "/_sim/calls");
    expect(body).toContainEqual({
      service: "lambda",
      operation: "ListFunctions",
      account,
      region: "us-east-1",
      count: 2,
      refused: 1,
      bytes: expect.any(Number),
    });
  });

  it.each(["reset", "truncate"])("breaks the connection (%s)", async (kind) => {
    const lambda = new LambdaClient(await session());
    await admin("POST", "/_sim/faults", { kind, times: 1 });
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toBeInstanceOf(Error);
    await lambda.send(new ListFunctionsCommand({}));
  });

  it("refuses a field that it does not know, and names it", async () => {
    const { status, body } = await admin("POST", "/_sim/faults", { kind: "throttle", sercive: "ec2" });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("sercive");
  });
});

it("throttles a caller that is faster than the API allows, in the API's own words", async () => {
  const slow = await startSimulatedAws();
  try {
    const role = { account, externalId };
    await fetch(`${slow.url}/_sim/roles`, { method: "POST", body: JSON.stringify(role) });
    const sts = new STSClient({ ...options(), endpoint: slow.url });
    const asked = new AssumeRoleCommand({ RoleArn, RoleSessionName: "test", ExternalId: externalId });
    const { Credentials } = await sts.send(asked);
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
    const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
    // The world's throttled region: four calls at once, then two a second.
    const ec2 = new EC2Client({ ...options(credentials, "ap-south-1"), endpoint: slow.url });
    const calls = Array.from({ length: 12 }, () => ec2.send(new DescribeVolumesCommand({})));
    const refused = (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: { name: "RequestLimitExceeded" } });
  } finally {
    await slow.close();
  }
});
