import type {
  Bucket,
  LifecycleRule,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { AwsAccess } from "../access";
import { errorShape } from "../answers";
import { toFailure } from "../to-failure";
import { required } from "./answer-shapes";

/** One setting of a bucket: its value, null where AWS says that it was never set, or why it could not be read. */
interface Setting<T> {
  value: T | null;
  unread?: string;
}

export interface BucketSettings {
  region: string;
  encryption: Setting<ServerSideEncryptionRule[]>;
  publicAccess: Setting<PublicAccessBlockConfiguration>;
  lifecycle: Setting<LifecycleRule[]>;
}

/** The bucket's settings, asked for in its own region and in parallel; null when it has been deleted since the list. */
export async function readBucketSettings(bucket: Bucket, aws: AwsAccess): Promise<BucketSettings | null> {
  const s3 = await import("@aws-sdk/client-s3");
  const Bucket = required(bucket.Name);
  const region = bucket.BucketRegion ?? (await locate(Bucket, aws));
  if (region === null) return null;
  const client = await aws.at(region).s3();
  const [encryption, publicAccess, lifecycle] = await Promise.all([
    setting(
      client
        .send(new s3.GetBucketEncryptionCommand({ Bucket }))
        .then((answer) => answer.ServerSideEncryptionConfiguration?.Rules),
    ),
    setting(
      client
        .send(new s3.GetPublicAccessBlockCommand({ Bucket }))
        .then((answer) => answer.PublicAccessBlockConfiguration),
    ),
    setting(client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })).then((answer) => answer.Rules)),
  ]);
  if (!encryption || !publicAccess || !lifecycle) return null;
  return { region, encryption, publicAccess, lifecycle };
}

/** Null when the bucket is gone. A denial is the setting's own; anything that may pass by itself fails the walk. */
async function setting<T>(answer: Promise<T | undefined>): Promise<Setting<T> | null> {
  try {
    return { value: (await answer) ?? null };
  } catch (error) {
    const { code } = errorShape(error);
    if (code === "NoSuchBucket") return null;
    if (neverSet.has(code)) return { value: null };
    const { kind } = toFailure(error);
    if (kind === "denied" || kind === "notEnabled") return { value: null, unread: code };
    throw error;
  }
}

const neverSet = new Set([
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "ServerSideEncryptionConfigurationNotFoundError",
]);

/** Endpoints older than paged ListBuckets leave the region out. An empty answer means us-east-1, `EU` eu-west-1. */
async function locate(Bucket: string, aws: AwsAccess): Promise<string | null> {
  const { GetBucketLocationCommand } = await import("@aws-sdk/client-s3");
  try {
    const { LocationConstraint } = await (await aws.s3()).send(new GetBucketLocationCommand({ Bucket }));
    return LocationConstraint === "EU" ? "eu-west-1" : LocationConstraint || "us-east-1";
  } catch (error) {
    if (errorShape(error).code === "NoSuchBucket") return null;
    throw error;
  }
}
