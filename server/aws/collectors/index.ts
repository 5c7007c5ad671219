import { cloudformationStack } from "./cloudformation-stack";
import type { Collector } from "./define";
import { dynamodbTable } from "./dynamodb-table";
import { ec2Address } from "./ec2-address";
import { ec2Instance } from "./ec2-instance";
import { ec2NatGateway } from "./ec2-nat-gateway";
import { ec2Snapshot } from "./ec2-snapshot";
import { ec2Volume } from "./ec2-volume";
import { lambdaFunction } from "./lambda-function";
import { loadBalancer } from "./load-balancer";
import { rdsCluster } from "./rds-cluster";
import { rdsInstance } from "./rds-instance";
import { s3Bucket } from "./s3-bucket";

/** Every resource type that CloudGuard reads. Filters, the scan plan and the onboarding policy follow from this list. */
export const collectors = [
  ec2Instance,
  ec2Volume,
  ec2Snapshot,
  ec2Address,
  ec2NatGateway,
  s3Bucket,
  lambdaFunction,
  rdsInstance,
  rdsCluster,
  dynamodbTable,
  loadBalancer,
  cloudformationStack,
] as const;

export type ResourceType = (typeof collectors)[number]["type"];

/** The collector of a CloudFormation type name, or undefined for a type that CloudGuard does not read. */
export function collectorOf(type: string): Collector<ResourceType> | undefined {
  return collectors.find((collector) => collector.type === type);
}

/** What people call a type: "RDS instance"; the type's own name where CloudGuard does not read it. */
export function labelOf(type: string): string {
  return collectorOf(type)?.label ?? type;
}

/** What a tag sweep asks for: the types whose own list leaves the tags out. */
export function sweptTypes(): string[] {
  return collectors.flatMap(({ tagSweep }: Collector) => (tagSweep ? [tagSweep] : []));
}
