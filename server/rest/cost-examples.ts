/** What the reference shows of costs: the product document's own example. */
const completeness = {
  asOf: "2024-01-31T06:10:00.000Z",
  isStale: false,
  accountsRead: 4,
  accountsTotal: 4,
  estimatedDays: ["2024-01-29", "2024-01-30"],
  gaps: [],
};

export const exampleSummary = {
  totalAmount: "1247.83",
  unit: "USD",
  startDate: "2024-01-01",
  endDate: "2024-01-30",
  granularity: "DAILY" as const,
  breakdown: [
    { service: "Amazon Elastic Compute Cloud - Compute", amount: "562.45", percentage: 45.1 },
    { service: "Amazon Simple Storage Service", amount: "89.12", percentage: 7.1 },
  ],
  dailyCosts: [{ date: "2024-01-15", amount: "41.23", isEstimated: false }],
  completeness,
};

export const exampleTrends = {
  current: { amount: "1247.83", unit: "USD", period: "2024-01-01 to 2024-01-30" },
  previous: { amount: "1156.92", unit: "USD", period: "2023-12-02 to 2023-12-31" },
  trend: { changeAmount: "90.91", changePercent: 7.86, direction: "increase" as const },
  forecast: { nextPeriodEstimate: "1312.45", confidence: "medium" as const, reason: null },
  completeness,
};
