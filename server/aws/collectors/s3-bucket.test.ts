import { describe, expect, it } from "vitest";
import type { BucketSettings } from "./bucket-settings";
import { toResource } from "./s3-bucket";

const bucket = {
  Name: "northwind-assets",
  CreationDate: new Date("2024-05-06T07:08:09Z"),
  BucketRegion: "eu-central-1",
};
const settings: BucketSettings = {
  region: "eu-central-1",
  encryption: { value: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }] },
  publicAccess: {
    value: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  },
  lifecycle: { value: [{ Status: "Enabled", ID: "expire" }] },
};

describe("an S3 bucket", () => {
  it("lies in its own region, whatever its cell's", () => {
    expect(toResource(bucket, settings)).toMatchObject({
      nativeId: "northwind-assets",
      arn: "arn:aws:s3:::northwind-assets",
      region: "eu-central-1",
      facts: { encryption: "aws:kms", isPublicAccessBlocked: true, lifecycleRules: 1 },
      config: {
        encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
        publicAccess: settings.publicAccess.value,
        lifecycle: [{ Status: "Enabled", ID: "expire" }],
      },
      createdAt: new Date("2024-05-06T07:08:09Z"),
    });
  });

  it("tells never set from could not be read", () => {
    const never = toResource(bucket, {
      ...settings,
      encryption: { value: null },
      publicAccess: { value: null },
      lifecycle: { value: null },
    });
    expect(never.facts).toMatchObject({ encryption: "none", isPublicAccessBlocked: false, lifecycleRules: 0 });
    expect(never.config).toMatchObject({ encryption: null, publicAccess: null, lifecycle: null });
    expect(never.unread).toBeUndefined();
    expect(never.remarks).toBeUndefined();

    const unread = { value: null, unread: "AccessDenied" };
    const denied = toResource(bucket, { ...settings, encryption: unread, lifecycle: unread });
    expect(denied).toMatchObject({
      facts: { isPublicAccessBlocked: true },
      remarks: { notReadLately: "encryption, lifecycle" },
      unread: { encryption: "encryption", lifecycle: "lifecycleRules" },
    });
    expect(denied.config).not.toHaveProperty("encryption");
    expect(denied.facts.encryption).toBeUndefined();
    expect(denied.facts.lifecycleRules).toBeUndefined();
  });

  it("is open as long as one of the four switches is off", () => {
    const publicAccess = { value: { ...settings.publicAccess.value, IgnorePublicAcls: false } };
    expect(toResource(bucket, { ...settings, publicAccess }).facts.isPublicAccessBlocked).toBe(false);
  });
});
