import { GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketLocationCommand, GetPublicAccessBlockCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

export function registerS3(sim: Sim, at: AccountPlace): void {
  sim.service(new S3Client(clientConfig));
  const bucketOf = (ctx: Ctx, name: string | undefined) => {
    const bucket = at.account(ctx).buckets.find((one) => one.name === name);
    if (!bucket) throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist");
    return bucket;
  };
  sim.on(ListBucketsCommand)((input, ctx) => {
    // A request without a parameter gets neither pages nor regions.
    const isPaged = input.MaxBuckets !== undefined || input.ContinuationToken !== undefined || input.Prefix !== undefined || input.BucketRegion !== undefined;
    const { page, next } = paginate(at.account(ctx).buckets, { operation: "buckets", token: input.ContinuationToken, size: pageSize(input.MaxBuckets, { low: 1, most: 10_000, code: "InvalidArgument" }) });
    return {
      Owner: { ID: ctx.account, DisplayName: ctx.account },
      Buckets: page.map(({ name, created, region }) => ({ Name: name, CreationDate: created, ...(isPaged && { BucketRegion: region }) })),
      ContinuationToken: next,
    };
  });
  sim.on(GetBucketLocationCommand)((input, ctx) => {
    const { region } = bucketOf(ctx, input.Bucket);
    return { LocationConstraint: region === "us-east-1" ? undefined : (region as "eu-west-1") };
  });
  sim.on(GetBucketEncryptionCommand)((input, ctx) => ({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: bucketOf(ctx, input.Bucket).encryption }, BucketKeyEnabled: true }] },
  }));
  sim.on(GetPublicAccessBlockCommand)((input, ctx) => {
    if (!bucketOf(ctx, input.Bucket).isPublicAccessBlocked) throw new AwsError("NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found");
    return { PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true } };
  });
  sim.on(GetBucketLifecycleConfigurationCommand)((input, ctx) => {
    const { expiresAfterDays } = bucketOf(ctx, input.Bucket);
    if (expiresAfterDays === null) throw new AwsError("NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist");
    return { Rules: [{ ID: "expire", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: expiresAfterDays } }] };
  });
}
