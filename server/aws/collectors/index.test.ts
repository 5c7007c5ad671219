import { describe, expect, it } from "vitest";
import type { Collector } from "./define";
import { collectorOf, collectors, sweptTypes } from "./index";

describe("the registry", () => {
  it("has each type once and finds it", () => {
    const types = collectors.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const collector of collectors) expect(collectorOf(collector.type)).toBe(collector);
    expect(collectorOf("AWS::Nothing::Here")).toBeUndefined();
  });

  it("names the list API's action first, which the connection check tries", () => {
    for (const { permissions } of collectors) expect(permissions[0]).toMatch(/:(List|Describe)/);
  });

  it("sweeps tags only for types whose own list has none", () => {
    expect(sweptTypes().sort()).toEqual(
      ["cloudformation:stack", "dynamodb:table", "elasticloadbalancing:loadbalancer", "lambda:function", "s3"].sort(),
    );
  });

  it("links into the console in the resource's own region", () => {
    for (const collector of collectors as readonly Collector[]) {
      const url = collector.consoleUrl({ nativeId: "id", arn: "arn:aws:x", region: "eu-west-3" });
      expect(new URL(url ?? "").hostname).toBe("eu-west-3.console.aws.amazon.com");
    }
  });
});
