import { exampleCompleteness } from "./account-examples";

/** What the reference shows of resources: the product document's own example. */
export const exampleResource = {
  type: "ec2",
  id: "i-1234567890abcdef0",
  name: "WebServer-01",
  accountId: "123456789012",
  region: "us-east-1",
  state: "running",
  instanceType: "t3.medium",
  launchTime: "2024-01-10T08:00:00.000Z",
  tags: { Environment: "production", Project: "web-app" },
  resourceType: "AWS::EC2::Instance",
  arn: "arn:aws:ec2:us-east-1:123456789012:instance/i-1234567890abcdef0",
  facts: { instanceType: "t3.medium", availabilityZone: "us-east-1a", launchedAt: "2024-01-10T08:00:00.000Z" },
  createdAt: "2023-06-01T12:00:00.000Z",
  seenAt: "2024-01-15T10:30:00.000Z",
  isStale: false,
};

export const exampleCounts = {
  ec2Count: 45,
  s3Count: 23,
  lambdaCount: 67,
  rdsCount: null,
  lastUpdated: "2024-01-15T10:30:00.000Z",
  completeness: [{ type: "rds", count: null, isComplete: false, ...exampleCompleteness, cellsRead: 0, asOf: null }],
};
