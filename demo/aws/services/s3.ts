import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import type { SimulatedBucket } from "../world";
import { findBy } from "./find-by";
import { clientConfig, type AccountPlace } from "./place";

export function registerS3(sim: Sim, at: AccountPlace): void {
  sim.service(new S3Client(clientConfig));
  const bucketOf = (ctx: Ctx, name: string | undefined) => bucketNamed(at.account(ctx).buckets, name);
  /** A bucket's settings are read in its own region; S3 refuses a signature for another one. */
  const bucketHere = (ctx: Ctx, name: string | undefined) => {
    const bucket = bucketOf(ctx, name);
    if (bucket.region === ctx.region) return bucket;
    const wrong = `the region '${ctx.region}' is wrong; expecting '${bucket.region}'`;
    throw new AwsError("AuthorizationHeaderMalformed", 400, `The authorization header is malformed; ${wrong}`);
  };

  sim.on(ListBucketsCommand)((input, ctx) => {
    // A request without a parameter gets neither pages nor regions.
    const { MaxBuckets, ContinuationToken, Prefix, BucketRegion } = input;
    const isPaged = [MaxBuckets, ContinuationToken, Prefix, BucketRegion].some((parameter) => parameter !== undefined);
    const asked = at
      .account(ctx)
      .buckets.filter(({ name }) => name.startsWith(Prefix ?? ""))
      .filter(({ region }) => !BucketRegion || region === BucketRegion);
    const { page, next } = paginate(asked, {
      operation: "buckets",
      token: ContinuationToken,
      size: pageSize(MaxBuckets, { low: 1, most: 10_000, code: "InvalidArgument" }),
      invalid: new AwsError("InvalidArgument", 400, "The continuation token provided is incorrect"),
    });
    return {
      Owner: { ID: ctx.account, DisplayName: ctx.account },
      Buckets: page.map(({ name, created, region }) => ({
        Name: name,
        CreationDate: created,
        ...(isPaged && { BucketRegion: region }),
      })),
      ContinuationToken: next,
    };
  });

  sim.on(GetBucketLocationCommand)((input, ctx) => {
    const { region } = bucketOf(ctx, input.Bucket);
    // S3 says nothing for its first region. The SDK's enum lags behind AWS's list of regions.
    return { LocationConstraint: region === "us-east-1" ? undefined : (region as "eu-west-1") };
  });

  sim.on(GetBucketTaggingCommand)((input, ctx) => {
    const bucket = bucketHere(ctx, input.Bucket);
    const tags = at.account(ctx).regions.get(bucket.region)?.tags.get(`arn:aws:s3:::${bucket.name}`);
    if (!tags) throw new AwsError("NoSuchTagSet", 404, "The TagSet does not exist");
    return { TagSet: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  });

  sim.on(GetBucketEncryptionCommand)((input, ctx) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: bucketHere(ctx, input.Bucket).encryption },
          BucketKeyEnabled: true,
        },
      ],
    },
  }));

  sim.on(GetPublicAccessBlockCommand)((input, ctx) => {
    if (!bucketHere(ctx, input.Bucket).isPublicAccessBlocked)
      throw new AwsError(
        "NoSuchPublicAccessBlockConfiguration",
        404,
        "The public access block configuration was not found",
      );
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    };
  });

  sim.on(GetBucketLifecycleConfigurationCommand)((input, ctx) => {
    const { expiresAfterDays } = bucketHere(ctx, input.Bucket);
    if (expiresAfterDays === null)
      throw new AwsError("NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist");
    return {
      Rules: [{ ID: "expire", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: expiresAfterDays } }],
    };
  });
}

function bucketNamed(buckets: readonly SimulatedBucket[], name: string | undefined): SimulatedBucket {
  const bucket = findBy(buckets, (one) => one.name, name);
  if (!bucket) throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist");
  return bucket;
}
