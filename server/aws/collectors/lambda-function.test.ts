import { describe, expect, it } from "vitest";
import { toResource } from "./lambda-function";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };
const recorded = {
  FunctionName: "resize-images",
  FunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:resize-images",
  Runtime: "nodejs20.x" as const,
  MemorySize: 512,
  Timeout: 30,
  CodeSize: 1234,
  Environment: { Variables: { DATABASE_URL: "postgres://canary" } },
};

describe("a Lambda function", () => {
  it("drops its environment, which holds secrets", () => {
    const resource = toResource(recorded, place);
    expect(JSON.stringify(resource)).not.toContain("canary");
    expect(resource.config).not.toHaveProperty("Environment");
  });

  it("shows runtime and size, and leaves its tags to the sweep", () => {
    const resource = toResource(recorded, place);
    expect(resource).toMatchObject({ nativeId: "resize-images", facts: { runtime: "nodejs20.x", memoryMb: 512 } });
    expect(resource).not.toHaveProperty("tags");
  });

  it("names a container image as its runtime", () => {
    const image = { ...recorded, Runtime: undefined, PackageType: "Image" as const };
    expect(toResource(image, place).facts.runtime).toBe("container image");
  });
});
