import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../aws/collectors/define";
import { judge, rankOf, worst } from "./severity";

const nothing = { expected: null, actual: null };

describe("judge", () => {
  it.each([
    [
      "AWS::EC2::SecurityGroup",
      "/SecurityGroupIngress/1",
      { FromPort: 22, CidrIp: "0.0.0.0/0" },
      "CRITICAL",
      "Open to the internet",
    ],
    ["AWS::EC2::SecurityGroup", "/SecurityGroupIngress/1/CidrIpv6", "::/0", "CRITICAL", "Open to the internet"],
    ["AWS::EC2::SecurityGroup", "/SecurityGroupIngress/1", { CidrIp: "10.0.0.0/8" }, "HIGH", "Inbound rules changed"],
    ["AWS::EC2::SecurityGroup", "/SecurityGroupEgress/0", { CidrIp: "0.0.0.0/0" }, "LOW", "Configuration changed"],
    ["AWS::S3::Bucket", "/PublicAccessBlockConfiguration/BlockPublicAcls", false, "CRITICAL", "Public access"],
    ["AWS::S3::Bucket", "/PublicAccessBlockConfiguration/BlockPublicAcls", true, "LOW", "Configuration changed"],
    ["AWS::RDS::DBInstance", "/PubliclyAccessible", "true", "CRITICAL", "Public access"],
    [
      "AWS::SQS::QueuePolicy",
      "/PolicyDocument/Statement/0",
      { Principal: "*" },
      "CRITICAL",
      "A policy lets anybody in",
    ],
    ["AWS::DynamoDB::Table", "/SSESpecification/SSEEnabled", false, "HIGH", "Encryption changed or off"],
    ["AWS::DynamoDB::Table", "/DeletionProtectionEnabled", false, "HIGH", "Deletion protection off"],
    ["AWS::RDS::DBInstance", "/DeletionProtection", true, "LOW", "Configuration changed"],
    [
      "AWS::IAM::Role",
      "/ManagedPolicyArns/2",
      "arn:aws:iam::aws:policy/AdministratorAccess",
      "HIGH",
      "Permissions changed",
    ],
    ["AWS::RDS::DBInstance", "/DBInstanceClass", "db.r6g.large", "MEDIUM", "Size changed"],
    ["AWS::S3::Bucket", "/Tags/1", { Key: "Scanned" }, "LOW", "Tags changed"],
    ["AWS::SQS::Queue", "/VisibilityTimeout", 30, "LOW", "Configuration changed"],
  ])("%s %s", (type, path, actual, severity, because) => {
    expect(judge({ type, path, expected: null, actual })).toEqual({ severity, because });
  });

  it("takes a deletion for grave", () => {
    expect(judge({ type: "AWS::SQS::Queue", path: "", ...nothing }).severity).toBe("HIGH");
  });
});

describe("any difference", () => {
  const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  const difference = fc.record({
    type: fc.constantFrom("AWS::EC2::SecurityGroup", "AWS::S3::Bucket", "AWS::IAM::Role", "Custom::Anything"),
    path: fc.oneof(
      fc.constantFrom("", "/Tags/0", "/SecurityGroupIngress/0", "/KmsKeyId", "/DeletionProtection", "/AccessControl"),
      fc.string().map((name) => `/${name}`),
    ),
    expected: value,
    actual: value,
  });

  it("has a severity and says why, and is never less grave for being open to the internet", () => {
    fc.assert(
      fc.property(difference, (one) => {
        const { severity, because } = judge(one);
        expect(rankOf(severity)).toBeGreaterThanOrEqual(0);
        expect(because).not.toBe("");
        const opened = { ...one, type: "AWS::EC2::SecurityGroup", path: "/SecurityGroupIngress/0" };
        expect(judge({ ...opened, actual: { CidrIp: "0.0.0.0/0", was: one.actual } }).severity).toBe("CRITICAL");
      }),
    );
  });

  it("gives a stack the severity of its worst, in whatever order they come", () => {
    const severity = fc.constantFrom("LOW" as const, "MEDIUM" as const, "HIGH" as const, "CRITICAL" as const, null);
    fc.assert(
      fc.property(fc.array(severity), (all) => {
        const highest = worst(all);
        expect(worst([...all].reverse())).toBe(highest);
        expect(all.length === 0 ? null : highest === null || all.includes(highest)).not.toBe(false);
        for (const one of all) expect(rankOf(one)).toBeLessThanOrEqual(rankOf(highest));
      }),
    );
  });
});

describe("worst", () => {
  it("is the highest, and null of none", () => {
    expect(worst(["LOW", "HIGH", null, "MEDIUM"])).toBe("HIGH");
    expect(worst([])).toBeNull();
    expect(worst([null])).toBeNull();
  });
});
