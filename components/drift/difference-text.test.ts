import { describe, expect, it } from "vitest";
import type { PropertyDrift } from "@/server/drift/views";
import { differenceText, shortValue } from "./difference-text";

const opened: PropertyDrift = {
  path: "/SecurityGroupIngress/1",
  stablePath: "/SecurityGroupIngress/1",
  type: "ADD",
  expected: null,
  actual: { CidrIp: "0.0.0.0/0", FromPort: 22 },
  severity: "CRITICAL",
  because: "Open to the internet",
  isNew: true,
  ignoredBy: null,
};

describe("differenceText", () => {
  it("names the resource, the path, the reason, and only the sides that exist", () => {
    expect(differenceText({ logicalId: "AppSecurityGroup", type: "AWS::EC2::SecurityGroup" }, opened)).toBe(
      [
        "AppSecurityGroup (AWS::EC2::SecurityGroup)",
        "Added /SecurityGroupIngress/1: Critical, Open to the internet",
        'Reality: {\n  "CidrIp": "0.0.0.0/0",\n  "FromPort": 22\n}',
      ].join("\n"),
    );
  });
});

describe("shortValue", () => {
  it("keeps words as they are, zero and false included, and shortens what is long", () => {
    expect(shortValue("db.t3.small")).toBe("db.t3.small");
    expect(shortValue(0)).toBe("0");
    expect(shortValue(false)).toBe("false");
    expect(shortValue(null)).toBeNull();
    expect(shortValue("x".repeat(500))).toHaveLength(90);
  });
});
