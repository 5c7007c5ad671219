/** Where a collector is looking. `region` is `GLOBAL_REGION` for types that have one list for the whole account. */
export interface Place {
  awsAccountId: string;
  region: string;
}

/** The cell region of types that AWS lists once per account (S3 buckets). */
export const GLOBAL_REGION = "aws-global";
