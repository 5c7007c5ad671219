/** What the reference shows of accounts: the product document's own example. */

export const exampleExternalId = "cloudguard-0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";

export const exampleConnected = {
  id: "clm1234567890",
  accountId: "123456789012",
  name: "Production Account",
  roleArn: "arn:aws:iam::123456789012:role/CloudGuardMonitoringRole",
  region: "us-east-1",
  status: "scanning" as const,
  createdAt: "2024-01-15T10:30:00.000Z",
};

export const exampleCompleteness = {
  cellsTotal: 190,
  cellsRead: 173,
  cellsFailing: 17,
  accountsFailing: 0,
  accountsWaiting: 0,
  asOf: "2024-01-15T10:30:00.000Z",
  isStale: false,
  gaps: [
    {
      accountId: "123456789012",
      subject: "resources" as const,
      type: "AWS::RDS::DBCluster",
      regions: ["eu-west-1", "us-east-1"],
      reason: "CloudGuard may not call rds:DescribeDBClusters here.",
      missingAction: "rds:DescribeDBClusters",
      lastReadAt: null,
    },
  ],
};

export const exampleAccount = {
  ...exampleConnected,
  status: "limited" as const,
  statusReason: "Could not read the type RDS cluster.",
  resourceCount: 147,
  regionsEnabled: 17,
  lastSyncedAt: "2024-01-15T10:30:00.000Z",
  completeness: exampleCompleteness,
};

export const exampleTrustPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999900001111:root" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": exampleExternalId } },
    },
  ],
};
