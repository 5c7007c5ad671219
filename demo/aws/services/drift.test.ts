import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoWorld } from "../world";
import { serveWorld } from "./serve-world";

const world = demoWorld(1, new Date("2026-11-24T15:00:00Z"));
let now = Date.parse("2026-11-24T15:00:00Z");
let aws: Awaited<ReturnType<typeof serveWorld>>;
let cloudformation: CloudFormationClient;
beforeAll(async () => {
  aws = await serveWorld(
    () => world,
    () => now,
  );
  cloudformation = new CloudFormationClient(aws.client("123456789012", "us-east-1"));
});
afterAll(() => aws.close());

const StackName = "web-app-infrastructure";

describe("a drift detection", () => {
  it("is in progress for some seconds and then says what drifted, and how", async () => {
    const { StackDriftDetectionId } = await cloudformation.send(new DetectStackDriftCommand({ StackName }));
    const status = () => cloudformation.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    const first = await status();
    expect([first.DetectionStatus, first.DriftedStackResourceCount]).toEqual(["DETECTION_IN_PROGRESS", undefined]);

    now += 30_000;
    const last = await status();
    expect([last.DetectionStatus, last.StackDriftStatus, last.DriftedStackResourceCount]).toEqual([
      "DETECTION_COMPLETE",
      "DRIFTED",
      4,
    ]);

    const { StackResourceDrifts = [] } = await cloudformation.send(
      new DescribeStackResourceDriftsCommand({ StackName }),
    );
    const group = StackResourceDrifts.find(({ LogicalResourceId }) => LogicalResourceId === "WebSecurityGroup")!;
    expect(group.StackResourceDriftStatus).toBe("MODIFIED");
    expect(group.PropertyDifferences).toEqual([
      {
        PropertyPath: "/SecurityGroupIngress/1",
        ExpectedValue: "null",
        ActualValue: '{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}',
        DifferenceType: "ADD",
      },
    ]);
    const { SecurityGroups = [] } = await new EC2Client(aws.client("123456789012", "us-east-1")).send(
      new DescribeSecurityGroupsCommand({ GroupIds: [group.PhysicalResourceId!] }),
    );
    expect(SecurityGroups[0]?.IpPermissions?.map(({ FromPort }) => FromPort)).toEqual([443, 22]);
  });

  it("leaves out what does not support it and says unknown where a permission is missing", async () => {
    const { StackResourceDrifts = [] } = await cloudformation.send(
      new DescribeStackResourceDriftsCommand({ StackName }),
    );
    const { StackResourceSummaries = [] } = await cloudformation.send(new ListStackResourcesCommand({ StackName }));
    expect(StackResourceDrifts).toHaveLength(StackResourceSummaries.length - 1);
    const unknown = StackResourceDrifts.find((one) => one.StackResourceDriftStatus === "UNKNOWN");
    expect([unknown?.LogicalResourceId, unknown?.DriftStatusReason]).toEqual([
      "HandlerRole",
      "Access denied: iam:GetRole is needed to read the resource",
    ]);
  });

  it("is refused for a stack that is being updated", async () => {
    const detecting = cloudformation.send(new DetectStackDriftCommand({ StackName: "payments-service" }));
    await expect(detecting).rejects.toThrow("in UPDATE_IN_PROGRESS state");
  });
});

describe("the list of stacks", () => {
  it("holds deleted stacks unless it is filtered", async () => {
    const { StackSummaries: all = [] } = await cloudformation.send(new ListStacksCommand({}));
    const deleted = all.filter(({ StackStatus }) => StackStatus === "DELETE_COMPLETE");
    expect(deleted.map(({ StackName }) => StackName).sort()).toEqual(["black-friday-extra", "web-app-blue"]);
    const nested = all.filter(({ ParentId }) => ParentId);
    expect(nested.every(({ ParentId }) => all.some(({ StackId }) => StackId === ParentId))).toBe(true);
    expect(nested).toHaveLength(2);
  });
});
