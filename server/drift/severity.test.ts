import { describe, expect, it } from "vitest";
import { judge, worst } from "./severity";

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

describe("worst", () => {
  it("is the highest, and null of none", () => {
    expect(worst(["LOW", "HIGH", null, "MEDIUM"])).toBe("HIGH");
    expect(worst([])).toBeNull();
    expect(worst([null])).toBeNull();
  });
});
