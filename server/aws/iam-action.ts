import type { Api } from "./limiter";

/** The IAM action that an API call is authorised by. */
export function iamAction({ service, operation }: Api): string {
  return renamed[`${service}:${operation}`] ?? `${prefixes[service] ?? service}:${operation}`;
}

const prefixes: Record<string, string> = { elbv2: "elasticloadbalancing", tagging: "tag" };

/** Where AWS gave action and operation different names. */
const renamed: Record<string, string> = {
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
};
