/** What the reference shows of drift: the product document's own example. */
export const exampleStack = {
  id: "0b1a4f1e-6a5e-4e0b-9a52-0f2f6c8f1d11",
  stackName: "web-app-infrastructure",
  stackId:
    "arn:aws:cloudformation:us-east-1:123456789012:stack/web-app-infrastructure/12345678-1234-1234-1234-123456789012",
  accountId: "123456789012",
  region: "us-east-1",
  status: "UPDATE_COMPLETE",
  driftStatus: "DRIFTED",
  detectionTime: "2024-01-15T09:15:00.000Z",
  description: "Web application infrastructure",
  tags: { Environment: "production" },
  verdict: "DRIFTED" as const,
  verdictReason: "2 of 14 resources differ; 12 could be checked.",
  severity: "CRITICAL" as const,
  driftedResources: 2,
  jobId: null,
};

export const exampleJob = {
  id: "clm1234567890",
  driftDetectionId: "12345678-1234-1234-1234-123456789012",
  status: "DETECTION_COMPLETE" as const,
  message: "Complete: 2 resources differ.",
  accountId: "123456789012",
  stackName: "web-app-infrastructure",
  region: "us-east-1",
  queuedAt: "2024-01-15T09:14:59.000Z",
  startedAt: "2024-01-15T09:15:00.000Z",
  completedAt: "2024-01-15T09:15:31.000Z",
  failureReason: null,
  failureAction: null,
  failureStatement: null,
};
