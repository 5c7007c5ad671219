import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { LambdaClient, ListFunctionsCommand, paginateListFunctions } from "@aws-sdk/client-lambda";
import { DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { GetBucketEncryptionCommand, GetBucketLocationCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoWorld, optInRegions, sizedWorld, type World } from "../world";
import { serveWorld } from "./serve-world";

const demo = demoWorld(1, new Date("2026-11-24T15:00:00Z"));
// Large enough that every page limit of AWS is passed in one place.
const large = sizedWorld({ accounts: 1, regions: 1, resources: 8000 });
const crowded = {
  account: [...large.accounts.keys()][0]!,
  region: [...large.accounts.values()][0]!.enabledRegions[0]!,
};
let world: World = demo;
let aws: Awaited<ReturnType<typeof serveWorld>>;
beforeAll(async () => void (aws = await serveWorld(() => world)));
afterAll(() => aws.close());

const here = () => {
  world = demo;
  return aws.client("123456789012", "us-east-1");
};
const inCrowd = () => {
  world = large;
  return aws.client(crowded.account, crowded.region);
};
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "no error",
    (error: Error) => error.name,
  );

describe("page sizes", () => {
  it.each([
    [
      "EC2 less than 5",
      () => new EC2Client(here()).send(new DescribeInstancesCommand({ MaxResults: 4 })),
      "InvalidParameterValue",
    ],
    [
      "EC2 more than 1,000",
      () => new EC2Client(here()).send(new DescribeVolumesCommand({ MaxResults: 1001 })),
      "InvalidParameterValue",
    ],
    [
      "RDS less than 20",
      () => new RDSClient(here()).send(new DescribeDBInstancesCommand({ MaxRecords: 19 })),
      "InvalidParameterValue",
    ],
    [
      "load balancers more than 400",
      () => new ElasticLoadBalancingV2Client(here()).send(new DescribeLoadBalancersCommand({ PageSize: 401 })),
      "ValidationError",
    ],
    [
      "tables more than 100",
      () => new DynamoDBClient(here()).send(new ListTablesCommand({ Limit: 101 })),
      "ValidationException",
    ],
    [
      "buckets more than 10,000",
      () => new S3Client(here()).send(new ListBucketsCommand({ MaxBuckets: 10_001 })),
      "InvalidArgument",
    ],
    [
      "tags more than 100",
      () => new ResourceGroupsTaggingAPIClient(here()).send(new GetResourcesCommand({ ResourcesPerPage: 101 })),
      "InvalidParameterException",
    ],
  ])("are refused outside of AWS's bounds: %s", async (_name, call, code) => {
    expect(await codeOf(call())).toBe(code);
  });

  it("are never above AWS's own, whatever is asked for", async () => {
    const { Functions } = await new LambdaClient(inCrowd()).send(new ListFunctionsCommand({ MaxItems: 1000 }));
    expect(Functions).toHaveLength(50);
    const { Reservations, NextToken } = await new EC2Client(inCrowd()).send(new DescribeInstancesCommand({}));
    expect(Reservations).toHaveLength(1000);
    expect(NextToken).toBeDefined();
    const { DBInstances } = await new RDSClient(inCrowd()).send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toHaveLength(100);
    const { TableNames } = await new DynamoDBClient(inCrowd()).send(new ListTablesCommand({}));
    expect(TableNames).toHaveLength(100);
  });
});

describe("tokens", () => {
  it("are refused in each service's own words where it did not give them out", async () => {
    expect(await codeOf(new EC2Client(here()).send(new DescribeInstancesCommand({ NextToken: "made up" })))).toBe(
      "InvalidNextToken",
    );
    expect(await codeOf(new RDSClient(here()).send(new DescribeDBInstancesCommand({ Marker: "made up" })))).toBe(
      "InvalidParameterValue",
    );
    expect(await codeOf(new LambdaClient(here()).send(new ListFunctionsCommand({ Marker: "made up" })))).toBe(
      "InvalidParameterValueException",
    );
  });

  it("are refused by another operation", async () => {
    const ec2 = new EC2Client(here());
    const { NextToken } = await ec2.send(new DescribeInstancesCommand({ MaxResults: 5 }));
    expect(NextToken).toBeDefined();
    expect(await codeOf(ec2.send(new DescribeVolumesCommand({ NextToken })))).toBe("InvalidNextToken");
  });
});

describe("regions", () => {
  it("are the seventeen enabled ones, and all with their opt-in status on demand", async () => {
    const ec2 = new EC2Client(here());
    expect((await ec2.send(new DescribeRegionsCommand({}))).Regions).toHaveLength(17);
    const { Regions = [] } = await ec2.send(
      new DescribeRegionsCommand({ AllRegions: true, Filters: [{ Name: "opt-in-status", Values: ["not-opted-in"] }] }),
    );
    expect(Regions.map(({ RegionName }) => RegionName)).toEqual(optInRegions);
  });
});

describe("buckets", () => {
  it("come with their region only where the request carries a parameter", async () => {
    const s3 = new S3Client(here());
    const plain = await s3.send(new ListBucketsCommand({}));
    const paged = await s3.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(plain.Buckets?.every(({ BucketRegion }) => BucketRegion === undefined)).toBe(true);
    expect(paged.Buckets?.every(({ BucketRegion }) => BucketRegion !== undefined)).toBe(true);
  });

  it("tell where they lie anywhere, and their settings only there", async () => {
    const far = demo.accounts.get("123456789012")!.buckets.find(({ region }) => region === "eu-west-1")!;
    const s3 = new S3Client(here());
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket: far.name }));
    expect(LocationConstraint).toBe("eu-west-1");
    const encryption = new GetBucketEncryptionCommand({ Bucket: far.name });
    expect(await codeOf(s3.send(encryption))).toBe("AuthorizationHeaderMalformed");
    expect(await codeOf(new S3Client(aws.client("123456789012", "eu-west-1")).send(encryption))).toBe("no error");
  });
});

describe("what must never be stored", () => {
  it("is planted in the environments of Lambda functions", async () => {
    const planted: string[] = [];
    const functions = paginateListFunctions({ client: new LambdaClient(here()) }, {});
    for await (const { Functions = [] } of functions)
      for (const { Environment } of Functions) planted.push(...Object.values(Environment?.Variables ?? {}));
    expect(planted.filter((value) => value.startsWith("canary-")).length).toBeGreaterThan(10);
  });
});
