import { describe, expect, it } from "vitest";
import { toResource } from "./cloudformation-stack";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };

describe("a CloudFormation stack", () => {
  it("brings along what AWS last found of drift, and whose child it is", () => {
    const StackId = "arn:aws:cloudformation:eu-west-1:123456789012:stack/my-stack/0a1b";
    const resource = toResource(
      {
        StackId,
        StackName: "my-stack",
        StackStatus: "UPDATE_COMPLETE",
        CreationTime: new Date("2025-01-01T00:00:00Z"),
        ParentId: "arn:parent",
        RootId: "arn:root",
        DriftInformation: { StackDriftStatus: "DRIFTED", LastCheckTimestamp: new Date("2026-11-01T00:00:00Z") },
      },
      place,
    );
    expect(resource).toMatchObject({
      nativeId: StackId,
      name: "my-stack",
      state: "UPDATE_COMPLETE",
      facts: { parentId: "arn:parent", rootId: "arn:root" },
      remarks: { driftStatus: "DRIFTED", driftCheckedAt: "2026-11-01T00:00:00.000Z" },
    });
    // A detection is no change of the stack.
    expect(resource.config).not.toHaveProperty("DriftInformation");
  });
});
