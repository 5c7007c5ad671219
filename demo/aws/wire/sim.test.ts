import type { Server } from "node:http";
import * as CFN from "@aws-sdk/client-cloudformation";
import * as CE from "@aws-sdk/client-cost-explorer";
import * as EC2 from "@aws-sdk/client-ec2";
import * as Lambda from "@aws-sdk/client-lambda";
import * as RDS from "@aws-sdk/client-rds";
import * as S3 from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AwsError, Sim, type Ctx, type Identity } from "./sim";

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const identity: Identity = {
  account: "123456789012",
  arn: "arn:aws:iam::123456789012:user/somebody",
  userId: "AIDA",
  secretAccessKey: credentials.secretAccessKey,
};
const place = { region: "us-east-1", credentials };
const sim = new Sim();
let server: Server;
let base: typeof place & { endpoint: string; maxAttempts: number };

beforeAll(async () => {
  for (const client of [
    new EC2.EC2Client(place),
    new CFN.CloudFormationClient(place),
    new RDS.RDSClient(place),
    new S3.S3Client(place),
    new Lambda.LambdaClient(place),
    new CE.CostExplorerClient(place),
  ])
    sim.service(client);
  const listening = await sim.listen();
  server = listening.server;
  base = { ...place, endpoint: listening.url, maxAttempts: 1 };
});
afterAll(() => void server.close());
beforeEach(() => {
  sim.identify = (key) => (key === credentials.accessKeyId ? identity : undefined);
  sim.before = () => undefined;
  sim.after = () => undefined;
});

describe("ec2Query", () => {
  it("carries nested lists, times, numbers, booleans and any text", async () => {
    const instance: EC2.Instance = {
      InstanceId: "i-0123456789abcdef0",
      LaunchTime: new Date("2026-10-01T12:34:56.789Z"),
      EbsOptimized: false,
      State: { Code: 16, Name: "running" },
      Tags: [{ Key: "note", Value: 'a <b> & "c" é 日本' }],
    };
    sim.on(EC2.DescribeInstancesCommand)((input) => ({
      Reservations: [{ Instances: [instance] }],
      NextToken: JSON.stringify(input),
    }));
    const asked = { MaxResults: 5, Filters: [{ Name: "tag:Name", Values: ["web-1", "web 2"] }] };
    const { Reservations, NextToken } = await new EC2.EC2Client(base).send(new EC2.DescribeInstancesCommand(asked));
    expect(Reservations?.[0]?.Instances).toEqual([instance]);
    expect(JSON.parse(NextToken ?? "")).toEqual(asked);
  });
});

describe("awsQuery", () => {
  it("reads parameters, plain lists and booleans", async () => {
    sim.on(CFN.CreateStackCommand)((input) => ({ StackId: JSON.stringify(input) }));
    const asked: CFN.CreateStackInput = {
      StackName: "net",
      DisableRollback: true,
      TimeoutInMinutes: 5,
      Parameters: [{ ParameterKey: "A", ParameterValue: "1" }],
      Capabilities: ["CAPABILITY_IAM"],
    };
    const { StackId } = await new CFN.CloudFormationClient(base).send(new CFN.CreateStackCommand(asked));
    expect(JSON.parse(StackId ?? "")).toEqual(asked);
  });

  it("reads lists whose items have names of their own", async () => {
    sim.on(RDS.CreateDBInstanceCommand)((input) => ({
      DBInstance: {
        TagList: input.Tags,
        VpcSecurityGroups: input.VpcSecurityGroupIds?.map((id) => ({ VpcSecurityGroupId: id })),
      },
    }));
    const { DBInstance } = await new RDS.RDSClient(base).send(
      new RDS.CreateDBInstanceCommand({
        DBInstanceIdentifier: "d",
        DBInstanceClass: "db.t4g.micro",
        Engine: "postgres",
        Tags: [{ Key: "x", Value: "y" }],
        VpcSecurityGroupIds: ["sg-1", "sg-2"],
      }),
    );
    expect(DBInstance?.TagList).toEqual([{ Key: "x", Value: "y" }]);
    expect(DBInstance?.VpcSecurityGroups).toEqual([{ VpcSecurityGroupId: "sg-1" }, { VpcSecurityGroupId: "sg-2" }]);
  });

  it("answers a modelled error as its own class", async () => {
    sim.on(RDS.DescribeDBInstancesCommand)(() => {
      throw new RDS.DBInstanceNotFoundFault({ message: "DBInstance q not found.", $metadata: {} });
    });
    const asked = new RDS.RDSClient(base).send(new RDS.DescribeDBInstancesCommand({}));
    await expect(asked).rejects.toBeInstanceOf(RDS.DBInstanceNotFoundFault);
    await expect(asked).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });
});

describe("restXml", () => {
  const s3 = () => new S3.S3Client({ ...base, forcePathStyle: true });

  it("reads query parameters and takes the bucket from the path", async () => {
    sim.on(S3.ListBucketsCommand)(({ MaxBuckets }) => ({
      Buckets: [{ Name: "b", CreationDate: new Date("2026-01-02T03:04:05Z") }],
      ContinuationToken: `max ${MaxBuckets}`,
    }));
    sim.on(S3.HeadBucketCommand)((input) => ({ BucketRegion: input.Bucket }));
    expect(await s3().send(new S3.ListBucketsCommand({ MaxBuckets: 7 }))).toMatchObject({
      Buckets: [{ Name: "b", CreationDate: new Date("2026-01-02T03:04:05Z") }],
      ContinuationToken: "max 7",
    });
    expect((await s3().send(new S3.HeadBucketCommand({ Bucket: "logs" }))).BucketRegion).toBe("logs");
  });

  it("tells sub-resources of one path apart and reads a body", async () => {
    const tags: S3.Tag[] = [];
    sim.on(S3.PutBucketTaggingCommand)((input) => {
      tags.push(...(input.Tagging?.TagSet ?? []));
      return {};
    });
    sim.on(S3.GetBucketTaggingCommand)(() => ({ TagSet: tags }));
    sim.on(S3.GetBucketLocationCommand)(() => ({ LocationConstraint: "eu-west-1" }));
    const TagSet = [{ Key: "k&", Value: "<v>" }];
    await s3().send(new S3.PutBucketTaggingCommand({ Bucket: "b", Tagging: { TagSet } }));
    expect((await s3().send(new S3.GetBucketTaggingCommand({ Bucket: "b" }))).TagSet).toEqual(TagSet);
    const { LocationConstraint } = await s3().send(new S3.GetBucketLocationCommand({ Bucket: "b" }));
    expect(LocationConstraint).toBe("eu-west-1");
  });
});

describe("restJson1", () => {
  it("reads an encoded ARN from the path and writes maps", async () => {
    sim.on(Lambda.ListTagsCommand)((input) => ({ Tags: { asked: input.Resource ?? "" } }));
    const Resource = "arn:aws:lambda:us-east-1:123456789012:function:f1";
    const { Tags } = await new Lambda.LambdaClient(base).send(new Lambda.ListTagsCommand({ Resource }));
    expect(Tags).toEqual({ asked: Resource });
  });

  it("carries an error's further members, also those in headers", async () => {
    sim.on(Lambda.GetFunctionCommand)(() => {
      throw new Lambda.TooManyRequestsException({
        message: "Rate exceeded",
        Reason: "CallerRateLimitExceeded",
        retryAfterSeconds: "3",
        $metadata: {},
      });
    });
    const asked = new Lambda.LambdaClient(base).send(new Lambda.GetFunctionCommand({ FunctionName: "f" }));
    await expect(asked).rejects.toMatchObject({
      name: "TooManyRequestsException",
      Reason: "CallerRateLimitExceeded",
      retryAfterSeconds: "3",
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe("awsJson1_1", () => {
  it("carries recursive structures and decimal texts", async () => {
    sim.on(CE.GetCostAndUsageCommand)((input) => ({
      ResultsByTime: [{ Total: { UnblendedCost: { Amount: "12.3400000000", Unit: "USD" } } }],
      NextPageToken: JSON.stringify(input.Filter),
    }));
    const Filter = {
      And: [
        { Not: { Tags: { Key: "env", Values: ["x"] } } },
        { Dimensions: { Key: "REGION" as const, Values: ["a"] } },
      ],
    };
    const answer = await new CE.CostExplorerClient(base).send(
      new CE.GetCostAndUsageCommand({
        TimePeriod: { Start: "2026-10-01", End: "2026-11-01" },
        Granularity: "MONTHLY",
        Metrics: ["UnblendedCost"],
        Filter,
      }),
    );
    expect(answer.ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe("12.3400000000");
    expect(JSON.parse(answer.NextPageToken ?? "")).toEqual(Filter);
  });
});

describe("every protocol", () => {
  const asked: [string, () => Promise<unknown>][] = [
    ["ec2Query", () => new EC2.EC2Client(base).send(new EC2.DescribeInstancesCommand({}))],
    ["awsQuery", () => new CFN.CloudFormationClient(base).send(new CFN.CreateStackCommand({ StackName: "x" }))],
    ["restXml", () => new S3.S3Client({ ...base, forcePathStyle: true }).send(new S3.ListBucketsCommand({}))],
    ["restJson1", () => new Lambda.LambdaClient(base).send(new Lambda.ListTagsCommand({ Resource: "arn:f" }))],
    [
      "awsJson1_1",
      () =>
        new CE.CostExplorerClient(base).send(
          new CE.GetCostAndUsageCommand({ TimePeriod: { Start: "a", End: "b" }, Granularity: "DAILY", Metrics: ["X"] }),
        ),
    ],
  ];

  it.each(asked)("writes an error's code, status, message and request id (%s)", async (_protocol, ask) => {
    sim.before = () => {
      throw new AwsError("SomeRefusal", 403, "not <today>");
    };
    await expect(ask()).rejects.toMatchObject({
      name: "SomeRefusal",
      message: "not <today>",
      $metadata: { httpStatusCode: 403, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    });
  });

  const speaksJson = (protocol: string) => /Json/.test(protocol);

  it.each(asked)("refuses a wrong signature (%s)", async (protocol, ask) => {
    sim.identify = () => ({ ...identity, secretAccessKey: "another" });
    await expect(ask()).rejects.toMatchObject({
      name: speaksJson(protocol) ? "InvalidSignatureException" : "SignatureDoesNotMatch",
    });
  });

  it.each(asked)("refuses a session that is over (%s)", async (protocol, ask) => {
    sim.identify = () => ({ ...identity, expires: Date.now() - 1 });
    const name =
      protocol === "ec2Query" ? "RequestExpired" : speaksJson(protocol) ? "ExpiredTokenException" : "ExpiredToken";
    await expect(ask()).rejects.toMatchObject({ name });
  });

  it.each([
    ["ec2Query", "AuthFailure"],
    ["awsQuery", "InvalidClientTokenId"],
    ["restXml", "InvalidAccessKeyId"],
    ["restJson1", "UnrecognizedClientException"],
    ["awsJson1_1", "UnrecognizedClientException"],
  ])("refuses a key that nobody has (%s)", async (protocol, name) => {
    sim.identify = () => undefined;
    await expect(asked.find(([one]) => one === protocol)![1]()).rejects.toMatchObject({ name });
  });
});

it.each(["reset", "truncate"] as const)("breaks an answer on its way back (%s)", async (breakage) => {
  sim.before = () => breakage;
  const outcomes: unknown[] = [];
  sim.after = (_ctx, outcome) => void outcomes.push(outcome);
  await expect(
    new Lambda.LambdaClient(base).send(new Lambda.ListTagsCommand({ Resource: "arn:f" })),
  ).rejects.toBeInstanceOf(Error);
  expect(outcomes).toEqual([{ breakage, bytes: JSON.stringify({ Tags: { asked: "arn:f" } }).length }]);
});

it("tells `before` whose call it is, where and which", async () => {
  const seen: Ctx[] = [];
  sim.before = (ctx) => void seen.push(ctx);
  await new Lambda.LambdaClient({ ...base, region: "eu-west-1" }).send(
    new Lambda.ListTagsCommand({ Resource: "arn:f" }),
  );
  expect(seen).toMatchObject([
    { account: "123456789012", region: "eu-west-1", service: "lambda", operation: "ListTags" },
  ]);
});

it("says so when an operation is not simulated", async () => {
  const asked = new EC2.EC2Client(base).send(new EC2.DescribeVpcsCommand({}));
  await expect(asked).rejects.toMatchObject({
    name: "InvalidAction",
    message: /DescribeVpcs is not simulated for ec2/,
  });
});

it("throttles so that the SDK's own retries see it", async () => {
  let refusals = 2;
  sim.before = () => {
    if (refusals-- > 0) throw new AwsError("Throttling", 400, "Rate exceeded");
  };
  const { $metadata } = await new CFN.CloudFormationClient({ ...base, maxAttempts: 3 }).send(
    new CFN.CreateStackCommand({ StackName: "x" }),
  );
  expect($metadata.attempts).toBe(3);
});
