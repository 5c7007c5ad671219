import { describe, expect, it } from "vitest";
import { toResource } from "./dynamodb-table";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };

describe("a DynamoDB table", () => {
  it("is provisioned where AWS says nothing of billing", () => {
    const resource = toResource(
      {
        TableName: "sessions",
        TableArn: "arn:aws:dynamodb:eu-west-1:123456789012:table/sessions",
        TableStatus: "ACTIVE",
        ItemCount: 0,
        TableSizeBytes: 0,
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
        CreationDateTime: new Date("2025-02-03T04:05:06Z"),
      },
      place,
    );
    expect(resource).toMatchObject({
      nativeId: "sessions",
      state: "ACTIVE",
      facts: { billingMode: "PROVISIONED", itemCount: 0, readCapacityUnits: 5, hasStream: false },
      createdAt: new Date("2025-02-03T04:05:06Z"),
    });
    expect(resource).not.toHaveProperty("tags");
  });
});
