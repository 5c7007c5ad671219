import { EC2Client, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, it } from "vitest";
import { useSimulatedAws } from "./aws";

const aws = useSimulatedAws();
beforeEach(() => aws.forgetCalls());

const account = "123456789012";
const assume = (ExternalId?: string) =>
  new STSClient({}).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/CloudGuardMonitoringRole`,
      RoleSessionName: "test",
      ExternalId,
    }),
  );

describe("the tests' simulated AWS", () => {
  it("knows CloudGuard by its own key", async () => {
    expect((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn).toBe(
      "arn:aws:iam::999900001111:user/cloudguard",
    );
    expect((await aws.calls()).map(({ operation, count }) => [operation, count])).toEqual([["GetCallerIdentity", 1]]);
  });

  it("lets a role read what the truth counts, and nobody in without its ExternalId", async () => {
    await aws.grantRole({ account, externalId: "right" });
    await expect(assume()).rejects.toThrow(/not authorized/);
    await expect(assume("wrong")).rejects.toThrow(/not authorized/);
    const { Credentials } = await assume("right");
    const client = new EC2Client({
      credentials: {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken,
      },
    });
    let seen = 0;
    for await (const page of paginateDescribeInstances({ client }, { MaxResults: 5 }))
      seen += (page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []).length;
    expect(seen).toBeGreaterThan(0);
  });

  it("meets a call with the fault that was armed, so many times", async () => {
    await aws.fault({ kind: "throttle", service: "sts", times: 1 });
    const once = new STSClient({ maxAttempts: 1 });
    await expect(once.send(new GetCallerIdentityCommand({}))).rejects.toThrow();
    await expect(once.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({ Account: "999900001111" });
  });
});
