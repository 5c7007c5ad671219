import { addAddress, addInstance, addLooseVolume, addNatGateway, addSnapshot } from "./furnish/compute";
import { addDatabase } from "./furnish/databases";
import { addLoadBalancer } from "./furnish/load-balancers";
import { Plot, type PlotOptions } from "./furnish/plot";
import { addBucket, addFunction, addTable } from "./furnish/serverless";
import { addStack } from "./furnish/stacks";
import type { Region } from "./world";

interface Furnishing extends PlotOptions {
  /** About how many resources. */
  count: number;
  /** How many stacks; by default as many as the count suggests. */
  stacks?: number;
}

/** How many of each kind a hundred resources hold. An instance brings its disk, one database in three its cluster. */
const shares: [share: number, add: (plot: Plot, at: number) => void][] = [
  [22, addInstance],
  [3, addLooseVolume],
  [12, addSnapshot],
  [3, addAddress],
  [1.5, addNatGateway],
  [13, addFunction],
  [5, addDatabase],
  [6, addTable],
  [4, addLoadBalancer],
  [7, addBucket],
];

/** Fills one region of an account with what its size would have: stacks first, as others carry their names. */
export function furnish({ count, stacks = count < 30 ? 0 : Math.ceil(count / 50), ...options }: Furnishing): void {
  const plot = new Plot(options);
  for (let at = 0; at < stacks; at++) addStack(plot, at);
  // Rounded along the running sum, so that rounding does not add up over many small regions.
  let sum = 0;
  for (const [share, add] of shares) {
    const from = Math.round((sum * count) / 100);
    sum += share;
    for (let at = 0; at < Math.round((sum * count) / 100) - from; at++) add(plot, at);
  }
}

/** Every array that a region lists, with the type name that CloudGuard gives it. */
export const listedTypes = {
  instances: "AWS::EC2::Instance",
  volumes: "AWS::EC2::Volume",
  snapshots: "AWS::EC2::Snapshot",
  addresses: "AWS::EC2::EIP",
  natGateways: "AWS::EC2::NatGateway",
  functions: "AWS::Lambda::Function",
  dbInstances: "AWS::RDS::DBInstance",
  dbClusters: "AWS::RDS::DBCluster",
  tables: "AWS::DynamoDB::Table",
  loadBalancers: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  stacks: "AWS::CloudFormation::Stack",
} as const satisfies Partial<Record<keyof Region, string>>;
