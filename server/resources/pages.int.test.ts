import { beforeAll, expect, it, vi } from "vitest";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { overview } from "./overview";

// Thousands of rows, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/**
 * How many items a page of each list holds as the collectors ask for it. DescribeAddresses has no pages, and a page of NAT
 * gateways would take a world three times as large.
 */
const pageOf: Record<string, number> = {
  "AWS::CloudFormation::Stack": 100,
  "AWS::DynamoDB::Table": 100,
  "AWS::EC2::Instance": 500,
  "AWS::EC2::Snapshot": 500,
  "AWS::EC2::Volume": 500,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": 400,
  "AWS::Lambda::Function": 50,
  "AWS::RDS::DBCluster": 100,
  "AWS::RDS::DBInstance": 100,
  "AWS::S3::Bucket": 100,
};

useDatabase();
const world = sizedWorld({ seed: 5, accounts: 1, regions: 1, resources: 13_000, stacks: 120 });
const aws = useSimulatedAws({ world: () => world, limits: "off" });
const ada = person("user_ada");
let accountId: string;

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, world.payer));
  await workAll();
});

it("finds what there is on every page of every list: one that is lost turns this red", async () => {
  const { accounts } = await aws.truth();
  const there = accounts[0]!.byType as Record<string, number>;
  for (const [type, size] of Object.entries(pageOf)) expect(there[type], type).toBeGreaterThan(size);
  const { types } = await overview(ada, { accountIds: [accountId] });
  expect(Object.fromEntries(types.filter(({ count }) => count).map(({ type, count }) => [type, count]))).toEqual(there);
});
