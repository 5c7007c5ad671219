/** Pure: AWS's token buckets, per account, region and API. Time is an argument. */

export interface Bucket {
  capacity: number;
  refillPerSecond: number;
}

/** Amazon's published figures where there are any (EC2 API throttling, Lambda quotas), careful ones elsewhere. */
const published: Record<string, Bucket> = {
  ec2: { capacity: 100, refillPerSecond: 20 },
  lambda: { capacity: 15, refillPerSecond: 15 },
  iam: { capacity: 30, refillPerSecond: 15 },
  ce: { capacity: 5, refillPerSecond: 2 },
  cloudformation: { capacity: 20, refillPerSecond: 10 },
  tagging: { capacity: 15, refillPerSecond: 5 },
};
const others: Bucket = { capacity: 100, refillPerSecond: 50 };
const hard: Bucket = { capacity: 4, refillPerSecond: 2 };

export function bucketOf(service: string, isThrottledRegion: boolean): Bucket {
  return isThrottledRegion && service !== "sts" ? hard : (published[service] ?? others);
}

export class TokenBuckets {
  private readonly levels = new Map<string, { tokens: number; at: number }>();

  /** Takes one token of `key`'s bucket; false where it is empty. */
  take(key: string, { capacity, refillPerSecond }: Bucket, nowMs: number): boolean {
    const level = this.levels.get(key) ?? { tokens: capacity, at: nowMs };
    const tokens = Math.min(capacity, level.tokens + ((nowMs - level.at) / 1000) * refillPerSecond);
    const isTaken = tokens >= 1;
    this.levels.set(key, { tokens: isTaken ? tokens - 1 : tokens, at: nowMs });
    return isTaken;
  }

  reset(): void {
    this.levels.clear();
  }
}
