import type { Bucket } from "@aws-sdk/client-s3";
import { rateOf } from "../rates";
import { required, withoutSecrets } from "./answer-shapes";
import { type BucketSettings, readBucketSettings } from "./bucket-settings";
import { type CollectedResource, defineCollector } from "./define";

export const s3Bucket = defineCollector({
  type: "AWS::S3::Bucket",
  label: "S3 bucket",
  shortName: "s3",
  scope: "global",
  permissions: [
    "s3:ListAllMyBuckets",
    "s3:GetBucketLocation",
    "s3:GetEncryptionConfiguration",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetLifecycleConfiguration",
  ],
  rate: rateOf("s3", "ListBuckets"),
  tagSweep: "s3",
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/s3/buckets/${nativeId}?region=${region}&tab=objects`,

  async *collect(aws) {
    const { paginateListBuckets } = await import("@aws-sdk/client-s3");
    // The page size is also what makes AWS say each bucket's region: a request without a parameter gets none.
    for await (const page of paginateListBuckets({ client: await aws.s3(), pageSize: 100 }, {})) {
      const read = await Promise.all(
        (page.Buckets ?? []).map(async (bucket) => {
          const settings = await readBucketSettings(bucket, aws);
          return settings && toResource(bucket, settings);
        }),
      );
      yield read.filter((resource) => resource !== null);
    }
  },

  async probe(aws) {
    const { ListBucketsCommand } = await import("@aws-sdk/client-s3");
    return (await aws.s3()).send(new ListBucketsCommand({ MaxBuckets: 1 }));
  },
});

/** The fact that each setting makes. */
const factOf: Record<string, string> = {
  encryption: "encryption",
  publicAccess: "isPublicAccessBlocked",
  lifecycle: "lifecycleRules",
};

export function toResource(
  bucket: Bucket,
  { region, encryption, publicAccess, lifecycle }: BucketSettings,
): CollectedResource {
  const name = required(bucket.Name);
  const settings = { encryption, publicAccess, lifecycle };
  const unread = Object.entries(settings).flatMap(([key, { unread }]) => (unread ? [key] : []));
  const read = Object.entries(settings).flatMap(([key, { value, unread }]) => (unread ? [] : [[key, value] as const]));
  return {
    nativeId: name,
    arn: `arn:aws:s3:::${name}`,
    name,
    region,
    state: null,
    facts: {
      // A setting that could not be read is left out: unknown is not "none".
      encryption: encryption.unread ? undefined : (algorithm(encryption.value) ?? "none"),
      isPublicAccessBlocked: publicAccess.unread ? undefined : isBlocked(publicAccess.value),
      lifecycleRules: lifecycle.unread ? undefined : (lifecycle.value?.length ?? 0),
    },
    ...(unread.length > 0 && {
      remarks: { notReadLately: unread.join(", ") },
      unread: Object.fromEntries(unread.map((key) => [key, factOf[key]!])),
    }),
    config: withoutSecrets({ ...bucket, BucketRegion: region, ...Object.fromEntries(read) }),
    createdAt: bucket.CreationDate ?? null,
  };
}

function algorithm(rules: BucketSettings["encryption"]["value"]): string | undefined {
  return rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
}

/** All four switches; any of them off leaves a way to make something public. */
function isBlocked(block: BucketSettings["publicAccess"]["value"]): boolean {
  if (!block) return false;
  return [block.BlockPublicAcls, block.BlockPublicPolicy, block.IgnorePublicAcls, block.RestrictPublicBuckets].every(
    Boolean,
  );
}
