/** A token bucket as AWS runs them per account, region and API. */
export interface Rate {
  capacity: number;
  refillPerSecond: number;
}

/**
 * What AWS publishes or is known to allow, per API. What is not named here gets its service's default, and the limiter
 * learns the rest. Sources: the EC2 API throttling guide (non-mutating unfiltered lists share 100/20 with their filtered
 * form at the worst 50/10), the Lambda quotas page, and public issue threads.
 */
const known: Record<string, Rate> = {
  "ec2:DescribeInstances": { capacity: 100, refillPerSecond: 20 },
  "ec2:DescribeVolumes": { capacity: 100, refillPerSecond: 20 },
  "ec2:DescribeSnapshots": { capacity: 100, refillPerSecond: 20 },
  "ec2:DescribeAddresses": { capacity: 100, refillPerSecond: 20 },
  "ec2:DescribeNatGateways": { capacity: 100, refillPerSecond: 20 },
  "lambda:ListFunctions": { capacity: 15, refillPerSecond: 10 },
  "iam:SimulatePrincipalPolicy": { capacity: 5, refillPerSecond: 5 },
};

const serviceDefaults: Record<string, Rate> = {
  ec2: { capacity: 100, refillPerSecond: 20 },
  s3: { capacity: 100, refillPerSecond: 50 },
  lambda: { capacity: 15, refillPerSecond: 10 },
  rds: { capacity: 20, refillPerSecond: 10 },
  dynamodb: { capacity: 100, refillPerSecond: 50 },
  elbv2: { capacity: 40, refillPerSecond: 10 },
  cloudformation: { capacity: 10, refillPerSecond: 5 },
  iam: { capacity: 20, refillPerSecond: 15 },
  sts: { capacity: 50, refillPerSecond: 20 },
  // Unpublished; what is asked here is paid, so that there is never a hurry.
  ce: { capacity: 4, refillPerSecond: 2 },
  tagging: { capacity: 15, refillPerSecond: 15 },
};

/** The declared rate of an API, named `service:Operation` after this product's own service names. */
export function rateOf(service: string, operation: string): Rate {
  return known[`${service}:${operation}`] ?? serviceDefaults[service] ?? { capacity: 10, refillPerSecond: 5 };
}
