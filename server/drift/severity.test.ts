import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../aws/collectors/define";
import { judge, rankOf, worst } from "./severity";

/** A difference of a resource that is, as a whole, `reality`. */
const judged = (type: string, path: string, actual: Json | null, reality: Json | null = null, stablePath = path) =>
  judge({ path, stablePath, actual }, { type, driftStatus: "MODIFIED", actual: reality });

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
    ["AWS::EC2::SecurityGroup", "/SecurityGroupIngress/1", null, "HIGH", "Inbound rules changed"],
    ["AWS::EC2::SecurityGroup", "/SecurityGroupEgress/0", { CidrIp: "0.0.0.0/0" }, "LOW", "Configuration changed"],
    ["AWS::EC2::SecurityGroup", "/GroupDescription", "Web", "LOW", "Description changed"],
    ["AWS::S3::Bucket", "/PublicAccessBlockConfiguration/BlockPublicAcls", false, "CRITICAL", "Public access"],
    ["AWS::S3::Bucket", "/PublicAccessBlockConfiguration/BlockPublicAcls", true, "LOW", "Configuration changed"],
    ["AWS::RDS::DBInstance", "/PubliclyAccessible", "true", "CRITICAL", "Public access"],
    [
      "AWS::SQS::QueuePolicy",
      "/PolicyDocument/Statement/0",
      { Effect: "Allow", Principal: "*" },
      "CRITICAL",
      "A policy lets anybody in",
    ],
    ["AWS::S3::BucketPolicy", "/PolicyDocument/Statement/0", null, "HIGH", "Permissions changed"],
    ["AWS::DynamoDB::Table", "/SSESpecification/SSEEnabled", false, "HIGH", "Encryption changed or off"],
    ["AWS::DynamoDB::Table", "/SSESpecification/SSEEnabled", true, "LOW", "Configuration changed"],
    ["AWS::SQS::Queue", "/KmsMasterKeyId", null, "HIGH", "Encryption changed or off"],
    ["AWS::SQS::Queue", "/SqsManagedSseEnabled", false, "HIGH", "Encryption changed or off"],
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
    expect(judged(type, path, actual)).toEqual({ severity, because });
  });

  it("takes a deletion for grave", () => {
    const deleted = { type: "AWS::SQS::Queue", driftStatus: "DELETED", actual: null };
    expect(judge({ path: "", stablePath: "", actual: null }, deleted)).toEqual({
      severity: "HIGH",
      because: "Deleted outside of CloudFormation",
    });
  });

  const open = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIp: "0.0.0.0/0" };
  const group = { SecurityGroupIngress: [{ ...open, CidrIp: "10.0.0.0/8" }, open] };
  const [inGroup, alone] = ["AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"];
  it.each([
    ["another port of an open rule", inGroup, "/SecurityGroupIngress/1/FromPort", 22, group, "CRITICAL"],
    ["every protocol of an open rule", inGroup, "/SecurityGroupIngress/1/IpProtocol", "-1", group, "CRITICAL"],
    ["a port that an open rule no longer names", inGroup, "/SecurityGroupIngress/1/ToPort", null, group, "CRITICAL"],
    ["the words beside an open rule", inGroup, "/SecurityGroupIngress/1/Description", "ssh", group, "LOW"],
    ["another port of an inner rule", inGroup, "/SecurityGroupIngress/0/FromPort", 22, group, "HIGH"],
    ["another port of an open rule that stands alone", alone, "/FromPort", 22, open, "CRITICAL"],
    ["a rule that stands alone and was opened", alone, "/CidrIp", "0.0.0.0/0", open, "CRITICAL"],
    ["an inner rule that stands alone", alone, "/CidrIp", "10.0.0.0/8", { ...open, CidrIp: "10.0.0.0/8" }, "HIGH"],
    [
      "a rule that says elsewhere what opens",
      alone,
      "/CidrIp",
      "10.0.0.0/8",
      { ...open, CidrIp: "10.0.0.0/8", Description: "not ::/0" },
      "HIGH",
    ],
  ])("looks at the whole rule: %s", (_, type, path, actual, reality, severity) => {
    expect(judged(type, path, actual, reality).severity).toBe(severity);
  });

  const policy = (statement: Record<string, Json>) => ({
    PolicyDocument: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", ...statement }] },
  });
  const principal = "/PolicyDocument/Statement/0/Principal";
  const anybody = { Principal: "*" };
  it.each([
    ["anybody in place of one", principal, "*", policy(anybody), "CRITICAL"],
    ["any account in place of one", `${principal}/AWS`, "*", policy({ Principal: { AWS: "*" } }), "CRITICAL"],
    ["anybody beside one", `${principal}/AWS/1`, "*", policy({ Principal: { AWS: ["arn", "*"] } }), "CRITICAL"],
    [
      "more for anybody",
      "/PolicyDocument/Statement/0/Action",
      "s3:*",
      policy({ ...anybody, Action: "s3:*" }),
      "CRITICAL",
    ],
    ["the condition taken away", "/PolicyDocument/Statement/0/Condition", null, policy(anybody), "CRITICAL"],
    ["a whole policy", "/PolicyDocument", policy(anybody).PolicyDocument, policy(anybody), "CRITICAL"],
    ["a policy as text", "/PolicyDocument", JSON.stringify(policy(anybody).PolicyDocument), null, "CRITICAL"],
    ["another one", principal, { AWS: "arn:b" }, policy({ Principal: { AWS: "arn:b" } }), "HIGH"],
    ["anybody is denied", principal, "*", policy({ ...anybody, Effect: "Deny" }), "HIGH"],
    ["text that is no policy", "/PolicyDocument", "{not JSON", null, "HIGH"],
  ])("looks at the whole statement: %s", (_, path, actual, reality, severity) => {
    expect(judged("AWS::S3::BucketPolicy", path, actual, reality).severity).toBe(severity);
  });

  it("reads settings that are named by their key", () => {
    const at = "/LoadBalancerAttributes/2/Value";
    const named = "/LoadBalancerAttributes[deletion_protection.enabled]/Value";
    const balancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    expect(judged(balancer, at, "false", null, named).because).toBe("Deletion protection off");
    expect(judged(balancer, at, "true", null, named).because).toBe("Configuration changed");
  });

  it("takes a tag for a tag, whatever it is called", () => {
    expect(judged("AWS::S3::Bucket", "/Tags/0/Value", "x", null, "/Tags[KmsKeyOwner]/Value").because).toBe(
      "Tags changed",
    );
  });
});

describe("any difference", () => {
  const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  const difference = fc.record({
    path: fc.oneof(
      fc.constantFrom("", "/Tags/0", "/SecurityGroupIngress/0", "/KmsKeyId", "/DeletionProtection", "/AccessControl"),
      fc.string().map((name) => `/${name}`),
    ),
    actual: value,
  });
  const resource = fc.record({
    type: fc.constantFrom("AWS::EC2::SecurityGroup", "AWS::S3::Bucket", "AWS::IAM::Role", "Custom::Anything"),
    driftStatus: fc.constantFrom("MODIFIED", "DELETED"),
    actual: value,
  });

  it("has a severity and says why, and is never less grave for being open to the internet", () => {
    fc.assert(
      fc.property(difference, resource, (one, within) => {
        const { severity, because } = judge({ ...one, stablePath: one.path }, within);
        expect(rankOf(severity)).toBeGreaterThanOrEqual(0);
        expect(because).not.toBe("");
        const opened = { CidrIp: "0.0.0.0/0", was: one.actual };
        expect(judged("AWS::EC2::SecurityGroup", "/SecurityGroupIngress/0", opened, within.actual).severity).toBe(
          "CRITICAL",
        );
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
