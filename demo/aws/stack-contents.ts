import type { StackResourceDriftStatus } from "@aws-sdk/client-cloudformation";
import { withFlaws, type Flaw } from "./stack-flaws";

export type Properties = Record<string, unknown>;

/** One resource of a stack: what its template declares and what is really there. */
export interface StackResource {
  logicalId: string;
  type: string;
  physicalId: string;
  declared: Properties;
  /** Null where somebody deleted it behind CloudFormation's back. */
  live: Properties | null;
  /** What a detection says where it cannot compare, and why. */
  cannotCompare?: {
    status: Extract<StackResourceDriftStatus, "NOT_CHECKED" | "UNKNOWN" | "UNSUPPORTED">;
    reason: string;
  };
}

const https = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" };

/** What a stack holds, as its template says; the flaws are what happened to it since. */
export function stackContents(
  name: string,
  place: { account: string; region: string },
  done: readonly Flaw[] = [],
): StackResource[] {
  return withFlaws(soundContents(name, place), done);
}

function soundContents(name: string, place: { account: string; region: string }): StackResource[] {
  const { account, region } = place;
  const suffix = idFrom(name + account + region);
  const bucket = {
    BucketName: `${name}-assets-${account}`,
    VersioningConfiguration: { Status: "Enabled" },
    Tags: [{ Key: "Team", Value: "storefront" }],
  };
  const group = { GroupDescription: "Web & API <https only>", SecurityGroupIngress: [https] };
  const fn = {
    FunctionName: `${name}-handler`,
    MemorySize: 512,
    Runtime: "nodejs20.x",
    // What a careless template declares: nobody may store or show this.
    Environment: { Variables: { DB_PASSWORD: `canary-${suffix}`, LOG_LEVEL: "info" } },
  };
  const table = {
    TableName: `${name}-ledger`,
    BillingMode: "PAY_PER_REQUEST",
    DeletionProtectionEnabled: true,
    SSESpecification: { SSEEnabled: true },
  };
  return [
    {
      logicalId: "WebSecurityGroup",
      type: "AWS::EC2::SecurityGroup",
      physicalId: `sg-0${suffix}`,
      declared: group,
      live: group,
    },
    {
      logicalId: "AssetsBucket",
      type: "AWS::S3::Bucket",
      physicalId: bucket.BucketName,
      declared: bucket,
      live: bucket,
    },
    {
      logicalId: "JobsQueue",
      type: "AWS::SQS::Queue",
      physicalId: `https://sqs.${region}.amazonaws.com/${account}/${name}-jobs`,
      declared: { QueueName: `${name}-jobs`, VisibilityTimeout: 60 },
      live: { QueueName: `${name}-jobs`, VisibilityTimeout: 60 },
    },
    {
      logicalId: "Handler",
      type: "AWS::Lambda::Function",
      physicalId: fn.FunctionName,
      declared: fn,
      live: fn,
    },
    {
      logicalId: "HandlerRole",
      type: "AWS::IAM::Role",
      physicalId: `${name}-HandlerRole-${suffix.slice(0, 12).toUpperCase()}`,
      declared: { Path: "/" },
      live: { Path: "/" },
    },
    {
      logicalId: "Ledger",
      type: "AWS::DynamoDB::Table",
      physicalId: table.TableName,
      declared: table,
      live: table,
    },
    {
      logicalId: "Migration",
      type: "Custom::DatabaseMigration",
      physicalId: `migration-${suffix}`,
      declared: { Version: "42" },
      live: { Version: "42" },
      cannotCompare: { status: "UNSUPPORTED", reason: "Custom resources do not support drift detection" },
    },
  ];
}

/** Sixteen hexadecimal digits that follow from the text alone. */
export function idFrom(text: string): string {
  const word = (salt: number) => {
    let hash = 0x811c9dc5 ^ salt;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, "0");
  };
  return word(0) + word(0x5bd1e995);
}
