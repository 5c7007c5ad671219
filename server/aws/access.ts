import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { RDSClient } from "@aws-sdk/client-rds";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import type { Failure } from "./failure";
import type { Place } from "./place";
import type { SweptTags } from "./tag-sweep";

/**
 * One account in one region, as collectors see it: clients that are paced, retried and signed for this account.
 * Clients are imported when first asked for; asking again costs nothing.
 */
export interface AwsAccess {
  place: Place;
  ec2(): Promise<EC2Client>;
  s3(): Promise<S3Client>;
  lambda(): Promise<LambdaClient>;
  rds(): Promise<RDSClient>;
  dynamodb(): Promise<DynamoDBClient>;
  elbv2(): Promise<ElasticLoadBalancingV2Client>;
  cloudformation(): Promise<CloudFormationClient>;
  iam(): Promise<IAMClient>;
  sts(): Promise<STSClient>;
  ce(): Promise<CostExplorerClient>;
  tagging(): Promise<ResourceGroupsTaggingAPIClient>;
  /** The same account in another region, with the same priority and signal: a bucket's own region, for instance. */
  at(region: string): AwsAccess;
  /** The tags of everything in this region, read once per session; `null` where the sweep failed. */
  sweptTags(): Promise<SweptTags | null>;
  /** Why `sweptTags` answered null for this access or one that came from its `at`; null when nothing failed. */
  sweepFailure(): Failure | null;
}
