import { describe, expect, it } from "vitest";
import type { AccountTruth } from "../../demo/aws/truth";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { collect } from "./collect";
import { collectorOf, collectors } from "./collectors/index";
import { GLOBAL_REGION } from "./place";
import { openSession } from "./session";

const aws = useSimulatedAws({ limits: "off", world: () => sizedWorld({ accounts: 1, regions: 1, resources: 4_500 }) });

/** By list operation: its type and how many AWS gives a page. */
const lists: Record<string, { type: string; pageSize: number }> = {
  DescribeInstances: { type: "AWS::EC2::Instance", pageSize: 500 },
  DescribeVolumes: { type: "AWS::EC2::Volume", pageSize: 500 },
  DescribeSnapshots: { type: "AWS::EC2::Snapshot", pageSize: 500 },
  DescribeAddresses: { type: "AWS::EC2::EIP", pageSize: Infinity },
  DescribeNatGateways: { type: "AWS::EC2::NatGateway", pageSize: 500 },
  ListBuckets: { type: "AWS::S3::Bucket", pageSize: 100 },
  ListFunctions: { type: "AWS::Lambda::Function", pageSize: 50 },
  DescribeDBInstances: { type: "AWS::RDS::DBInstance", pageSize: 100 },
  DescribeDBClusters: { type: "AWS::RDS::DBCluster", pageSize: 100 },
  ListTables: { type: "AWS::DynamoDB::Table", pageSize: 100 },
  DescribeLoadBalancers: { type: "AWS::ElasticLoadBalancingV2::LoadBalancer", pageSize: 400 },
  ListStacks: { type: "AWS::CloudFormation::Stack", pageSize: 100 },
};

describe("a large account", () => {
  it("is read completely, with no call more than its pages need", async () => {
    const [{ account, byRegionAndType }] = (await aws.truth()).accounts as [AccountTruth];
    const [region] = Object.keys(byRegionAndType) as [string];
    const session = openSession(await aws.grant(account), "inventory", { region });
    expect(await session.enabledRegions()).toEqual([region]);
    await aws.forgetCalls();

    const found: Record<string, number> = {};
    await Promise.all(
      collectors.map(async ({ type, scope }) => {
        const access = session.at(scope === "global" ? GLOBAL_REGION : region);
        const ids = new Set<string>();
        for await (const page of collect(collectorOf(type)!, access))
          for (const { nativeId } of page) ids.add(nativeId);
        if (ids.size > 0) found[type] = ids.size;
      }),
    );
    expect(found).toEqual(byRegionAndType[region]);

    const calls = await aws.calls();
    const sent = Object.fromEntries(
      Object.keys(lists).map((list) => [
        list,
        calls.filter(({ operation }) => operation === list).reduce((sum, { count }) => sum + count, 0),
      ]),
    );
    const needed = Object.fromEntries(
      Object.entries(lists).map(([list, { type, pageSize }]) => [
        list,
        Math.max(1, Math.ceil((found[type] ?? 0) / pageSize)),
      ]),
    );
    expect(sent).toEqual(needed);
    expect(Object.values(needed).filter((pages) => pages > 1).length).toBeGreaterThan(3);
  });
});
