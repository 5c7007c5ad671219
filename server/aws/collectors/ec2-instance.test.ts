import type { Instance } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { toResource } from "./ec2-instance";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };

/** As DescribeInstances answers, shortened. */
const recorded: Instance = {
  InstanceId: "i-0a1b2c3d4e5f60718",
  InstanceType: "m6i.large",
  ImageId: "ami-0abc",
  LaunchTime: new Date("2026-10-01T08:00:00Z"),
  State: { Code: 16, Name: "running" },
  Placement: { AvailabilityZone: "eu-west-1a", Tenancy: "default" },
  PrivateIpAddress: "10.0.1.20",
  VpcId: "vpc-1",
  SubnetId: "subnet-1",
  Architecture: "x86_64",
  PlatformDetails: "Linux/UNIX",
  ClientToken: "fleet-token",
  MetadataOptions: { HttpTokens: "required" },
  SecurityGroups: [
    { GroupId: "sg-2", GroupName: "web" },
    { GroupId: "sg-1", GroupName: "base" },
  ],
  BlockDeviceMappings: [
    { DeviceName: "/dev/xvda", Ebs: { VolumeId: "vol-1", AttachTime: new Date("2024-03-05T10:00:00Z") } },
  ],
  Tags: [
    { Key: "env", Value: "production" },
    { Key: "Name", Value: "web-1" },
  ],
};

describe("an EC2 instance", () => {
  it("becomes a resource with its name, state and facts", () => {
    expect(toResource(recorded, place)).toMatchObject({
      nativeId: "i-0a1b2c3d4e5f60718",
      arn: "arn:aws:ec2:eu-west-1:123456789012:instance/i-0a1b2c3d4e5f60718",
      name: "web-1",
      region: "eu-west-1",
      state: "running",
      tags: { Name: "web-1", env: "production" },
      facts: { instanceType: "m6i.large", privateIp: "10.0.1.20", launchedAt: "2026-10-01T08:00:00.000Z" },
    });
  });

  it("was made when its root volume was attached, not when it last started", () => {
    expect(toResource(recorded, place).createdAt).toEqual(new Date("2024-03-05T10:00:00Z"));
    expect(toResource({ InstanceId: "i-1" }, place).createdAt).toBeNull();
  });

  it("compares equal whatever the order of its security groups", () => {
    const turned = { ...recorded, SecurityGroups: [...recorded.SecurityGroups!].reverse() };
    expect(toResource(turned, place)).toEqual(toResource(recorded, place));
  });

  it("keeps its metadata settings and drops its client token", () => {
    const { config } = toResource(recorded, place);
    expect(config).toHaveProperty("MetadataOptions.HttpTokens", "required");
    expect(config).not.toHaveProperty("ClientToken");
  });
});
