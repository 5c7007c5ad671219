import { describe, expect, it } from "vitest";
import { toResource as address } from "./ec2-address";
import { toResource as natGateway } from "./ec2-nat-gateway";
import { toResource as snapshot } from "./ec2-snapshot";
import { toResource as volume } from "./ec2-volume";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };

describe("an EBS volume", () => {
  it("says what it is attached to", () => {
    const resource = volume(
      {
        VolumeId: "vol-1",
        Size: 100,
        VolumeType: "gp3",
        Iops: 3000,
        Throughput: 125,
        Encrypted: true,
        State: "in-use",
        CreateTime: new Date("2025-01-02T03:04:05Z"),
        Attachments: [{ InstanceId: "i-2" }, { InstanceId: "i-1" }],
        Tags: [{ Key: "Name", Value: "data" }],
      },
      place,
    );
    expect(resource).toMatchObject({
      nativeId: "vol-1",
      arn: "arn:aws:ec2:eu-west-1:123456789012:volume/vol-1",
      name: "data",
      state: "in-use",
      facts: { sizeGiB: 100, isEncrypted: true, attachedTo: "i-1, i-2" },
      createdAt: new Date("2025-01-02T03:04:05Z"),
    });
    expect(resource.config).not.toHaveProperty("Tags");
  });

  it("is attached to nothing rather than to an empty name", () => {
    expect(volume({ VolumeId: "vol-1", Attachments: [] }, place).facts.attachedTo).toBeUndefined();
  });
});

describe("an EBS snapshot", () => {
  it("has an ARN without an account, as AWS writes it", () => {
    const resource = snapshot({ SnapshotId: "snap-1", VolumeSize: 8, State: "completed" }, place);
    expect(resource).toMatchObject({ arn: "arn:aws:ec2:eu-west-1::snapshot/snap-1", name: null, tags: {} });
  });
});

describe("an Elastic IP address", () => {
  it("says whether it is in use", () => {
    const used = address({ AllocationId: "eipalloc-1", PublicIp: "203.0.113.7", AssociationId: "eipassoc-1" }, place);
    expect(used).toMatchObject({ nativeId: "eipalloc-1", state: "associated", facts: { publicIp: "203.0.113.7" } });
    expect(address({ AllocationId: "eipalloc-2", PublicIp: "203.0.113.8" }, place).state).toBe("unassociated");
  });
});

describe("a NAT gateway", () => {
  it("shows its public address", () => {
    const NatGatewayAddresses = [
      { AllocationId: "eipalloc-2" },
      { AllocationId: "eipalloc-1", PublicIp: "203.0.113.9" },
    ];
    const resource = natGateway({ NatGatewayId: "nat-1", State: "available", NatGatewayAddresses }, place);
    expect(resource).toMatchObject({ nativeId: "nat-1", state: "available", facts: { publicIp: "203.0.113.9" } });
  });
});
