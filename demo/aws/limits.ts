/** Pure: AWS's token buckets, one per account, region and API. Time is an argument. */

export interface Rate {
  capacity: number;
  refillPerSecond: number;
}

/**
 * How fast one API of `service` may be called in one region of one account. Amazon's published figures where there are any
 * (EC2 API throttling, Lambda quotas, Resource Groups Tagging quotas), what is seen in the field elsewhere.
 */
export function rateOf(service: string, operation: string, isThrottledRegion: boolean): Rate {
  // Who cannot even open a session learns nothing about throttling.
  if (isThrottledRegion && service !== "sts") return hard;
  return operations[`${service}:${operation}`] ?? services[service] ?? { capacity: 50, refillPerSecond: 20 };
}

/** `factor` times as large and as quick. A bucket always holds one token, or nobody would ever be answered. */
export function scaled({ capacity, refillPerSecond }: Rate, factor: number): Rate {
  return { capacity: Math.max(1, capacity * factor), refillPerSecond: refillPerSecond * factor };
}

const hard: Rate = { capacity: 4, refillPerSecond: 2 };

const operations: Record<string, Rate> = {
  "cloudformation:DetectStackDrift": { capacity: 5, refillPerSecond: 1 },
  "cloudformation:DetectStackResourceDrift": { capacity: 5, refillPerSecond: 1 },
};

const services: Record<string, Rate> = {
  ce: { capacity: 5, refillPerSecond: 2 },
  cloudformation: { capacity: 20, refillPerSecond: 10 },
  dynamodb: { capacity: 40, refillPerSecond: 20 },
  ec2: { capacity: 100, refillPerSecond: 20 },
  elasticloadbalancing: { capacity: 40, refillPerSecond: 10 },
  iam: { capacity: 30, refillPerSecond: 15 },
  lambda: { capacity: 15, refillPerSecond: 15 },
  rds: { capacity: 40, refillPerSecond: 20 },
  s3: { capacity: 200, refillPerSecond: 100 },
  sts: { capacity: 200, refillPerSecond: 100 },
  tagging: { capacity: 15, refillPerSecond: 15 },
};

/** The buckets' levels, by any key. */
export class TokenBuckets {
  private readonly levels = new Map<string, { tokens: number; at: number }>();

  /** Takes one token of `key`'s bucket, which begins full; false where none is left. */
  take(key: string, { capacity, refillPerSecond }: Rate, nowMs: number): boolean {
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
