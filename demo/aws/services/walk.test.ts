import { CloudFormationClient, paginateListStacks, StackStatus } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import {
  DescribeAddressesCommand,
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeNatGateways,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
} from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client, paginateDescribeLoadBalancers } from "@aws-sdk/client-elastic-load-balancing-v2";
import { LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { paginateDescribeDBClusters, paginateDescribeDBInstances, RDSClient } from "@aws-sdk/client-rds";
import { paginateListBuckets, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { truth } from "../truth";
import { demoWorld } from "../world";
import { serveWorld } from "./serve-world";

const world = demoWorld(1, new Date("2026-11-24T15:00:00Z"));
const expected = truth(world);
let aws: Awaited<ReturnType<typeof serveWorld>>;
beforeAll(async () => void (aws = await serveWorld(() => world)));
afterAll(() => aws.close());

/** Ids of everything that a paginator yields, each counted once: a page answered twice must not look like more. */
async function idsOf<Page>(pages: AsyncIterable<Page>, ids: (page: Page) => (string | undefined)[] | undefined) {
  const seen = new Set<string>();
  for await (const page of pages) for (const id of ids(page) ?? []) seen.add(id!);
  return seen.size;
}

/** Counts one account in one region by its list APIs alone, with pages so small that there are several. */
async function walk(account: string, region: string): Promise<Record<string, number>> {
  const config = aws.client(account, region);
  const ec2 = { client: new EC2Client(config), pageSize: 5 };
  const rds = { client: new RDSClient(config), pageSize: 20 };
  const live = Object.values(StackStatus).filter((status) => status !== "DELETE_COMPLETE");
  const { Addresses = [] } = await ec2.client.send(new DescribeAddressesCommand({}));
  const counted: Record<string, number> = {
    "AWS::EC2::Instance": await idsOf(paginateDescribeInstances(ec2, {}), (page) =>
      page.Reservations?.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId)),
    ),
    "AWS::EC2::Volume": await idsOf(paginateDescribeVolumes(ec2, {}), (page) => page.Volumes?.map((it) => it.VolumeId)),
    "AWS::EC2::Snapshot": await idsOf(paginateDescribeSnapshots(ec2, { OwnerIds: ["self"] }), (page) =>
      page.Snapshots?.map((it) => it.SnapshotId),
    ),
    "AWS::EC2::EIP": new Set(Addresses.map((it) => it.AllocationId)).size,
    "AWS::EC2::NatGateway": await idsOf(paginateDescribeNatGateways(ec2, {}), (page) =>
      page.NatGateways?.map((it) => it.NatGatewayId),
    ),
    "AWS::Lambda::Function": await idsOf(
      paginateListFunctions({ client: new LambdaClient(config), pageSize: 3 }, {}),
      (page) => page.Functions?.map((it) => it.FunctionArn),
    ),
    "AWS::RDS::DBInstance": await idsOf(paginateDescribeDBInstances(rds, {}), (page) =>
      page.DBInstances?.map((it) => it.DBInstanceArn),
    ),
    "AWS::RDS::DBCluster": await idsOf(paginateDescribeDBClusters(rds, {}), (page) =>
      page.DBClusters?.map((it) => it.DBClusterArn),
    ),
    "AWS::DynamoDB::Table": await idsOf(
      paginateListTables({ client: new DynamoDBClient(config), pageSize: 2 }, {}),
      (page) => page.TableNames,
    ),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": await idsOf(
      paginateDescribeLoadBalancers({ client: new ElasticLoadBalancingV2Client(config), pageSize: 2 }, {}),
      (page) => page.LoadBalancers?.map((it) => it.LoadBalancerArn),
    ),
    "AWS::CloudFormation::Stack": await idsOf(
      paginateListStacks({ client: new CloudFormationClient(config) }, { StackStatusFilter: live }),
      (page) => page.StackSummaries?.map((it) => it.StackId),
    ),
  };
  return Object.fromEntries(Object.entries(counted).filter(([, count]) => count > 0));
}

describe("a walk through every list API", () => {
  it.each(expected.accounts.map((account) => [account.name, account] as const))(
    "finds in %s what the world says is there, region by region",
    async (_name, { account, byRegionAndType }) => {
      const used = Object.keys(byRegionAndType);
      const unused = world.accounts.get(account)!.enabledRegions.find((region) => !used.includes(region))!;
      for (const region of [...used, unused]) {
        const { "AWS::S3::Bucket": _buckets, ...regional } = byRegionAndType[region] ?? {};
        expect([region, await walk(account, region)]).toEqual([region, regional]);
      }
    },
    // Some hundred calls, on a machine that runs everything else as well.
    60_000,
  );

  it("finds every bucket once, in the region where it lies", async () => {
    for (const { account, byRegionAndType } of expected.accounts) {
      const found: Record<string, number> = {};
      const client = new S3Client(aws.client(account, "us-east-1"));
      for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 3 }, {}))
        for (const { BucketRegion = "not said" } of Buckets) found[BucketRegion] = (found[BucketRegion] ?? 0) + 1;
      const inWorld = Object.entries(byRegionAndType).map(([region, types]) => [region, types["AWS::S3::Bucket"] ?? 0]);
      expect(found).toEqual(Object.fromEntries(inWorld.filter(([, count]) => count !== 0)));
    }
  });
});
