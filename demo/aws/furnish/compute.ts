import type { Instance, InstanceStateName } from "@aws-sdk/client-ec2";
import type { Plot } from "./plot";

const instanceTypes = [
  "t3.micro",
  "t3.medium",
  "t4g.small",
  "m6i.large",
  "m7g.xlarge",
  "c6i.xlarge",
  "r6i.2xlarge",
] as const;
const states: Record<string, { Code: number; Name: InstanceStateName }> = {
  pending: { Code: 0, Name: "pending" },
  running: { Code: 16, Name: "running" },
  stopping: { Code: 64, Name: "stopping" },
  stopped: { Code: 80, Name: "stopped" },
  terminated: { Code: 48, Name: "terminated" },
};

/** An instance and its root volume. AWS goes on listing a terminated one for about an hour, without its disk. */
export function addInstance(plot: Plot): Instance {
  const { random, place, region } = plot;
  const InstanceId = `i-${random.hex(17)}`;
  const zone = plot.zone();
  const isScaled = random.chance(0.6);
  const named = plot.title(
    isScaled ? `asg-1${zone.at(-1)}` : random.pick(["worker", "server", "cache", "batch", "proxy"]),
  );
  const dice = random.next();
  const state =
    dice < 0.84
      ? "running"
      : dice < 0.965
        ? "stopped"
        : dice < 0.98
          ? "terminated"
          : dice < 0.99
            ? "pending"
            : "stopping";
  const isThere = state !== "terminated";
  const VolumeId = `vol-${random.hex(17)}`;
  const LaunchTime = plot.ago(state === "pending" ? 1 : 400);
  const Tags = plot.tagList(named);
  const instance: Instance = {
    InstanceId,
    InstanceType: random.pick(instanceTypes),
    ImageId: `ami-${random.hex(17)}`,
    LaunchTime,
    State: states[state],
    Placement: { AvailabilityZone: zone, Tenancy: "default" },
    Architecture: "x86_64",
    EbsOptimized: true,
    Monitoring: { State: random.chance(0.3) ? "enabled" : "disabled" },
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    MetadataOptions: { HttpTokens: random.chance(0.8) ? "required" : "optional", HttpEndpoint: "enabled" },
    Tags,
  };
  place.instances.push(instance);
  if (!isThere) return instance;
  const address = `${random.int(0, 200)}.${random.int(0, 255)}.${random.int(4, 254)}`;
  Object.assign(instance, {
    PrivateIpAddress: `10.${address}`,
    PrivateDnsName: `ip-10-${address.replaceAll(".", "-")}.${region}.compute.internal`,
    ...(state === "running" && random.chance(0.2) && { PublicIpAddress: `3.${address}` }),
    VpcId: vpcOf(plot),
    SubnetId: `subnet-${random.hex(17)}`,
    SecurityGroups: [{ GroupId: `sg-${random.hex(17)}`, GroupName: `${named.title}-sg` }],
    BlockDeviceMappings: [
      { DeviceName: "/dev/xvda", Ebs: { VolumeId, Status: "attached", DeleteOnTermination: true } },
    ],
  } satisfies Instance);
  place.volumes.push({
    VolumeId,
    Size: random.pick([8, 20, 50, 100, 500]),
    VolumeType: random.chance(0.8) ? "gp3" : "gp2",
    Iops: 3000,
    State: "in-use",
    Encrypted: !random.chance(0.2),
    CreateTime: LaunchTime,
    AvailabilityZone: zone,
    Attachments: [{ InstanceId, Device: "/dev/xvda", State: "attached", VolumeId }],
    Tags,
  });
  return instance;
}

/** A disk that outlived its instance: what a cost review finds first. */
export function addLooseVolume(plot: Plot): void {
  const { random } = plot;
  plot.place.volumes.push({
    VolumeId: `vol-${random.hex(17)}`,
    Size: random.pick([20, 100, 500, 2000]),
    VolumeType: random.pick(["gp2", "gp3", "io2", "st1"]),
    State: "available",
    Encrypted: !random.chance(0.4),
    CreateTime: plot.ago(900),
    AvailabilityZone: plot.zone(),
    Attachments: [],
    Tags: plot.tagList(plot.title("data")),
  });
}

export function addSnapshot(plot: Plot): void {
  const { random, place } = plot;
  const volume = place.volumes.length > 0 ? random.pick(place.volumes) : undefined;
  place.snapshots.push({
    SnapshotId: `snap-${random.hex(17)}`,
    VolumeId: volume?.VolumeId ?? "vol-ffffffff",
    VolumeSize: volume?.Size ?? 8,
    State: random.chance(0.02) ? "pending" : "completed",
    Progress: "100%",
    StartTime: plot.ago(random.chance(0.2) ? 900 : 35),
    OwnerId: plot.account.id,
    Encrypted: volume?.Encrypted ?? true,
    StorageTier: "standard",
    Description: random.pick(["Created by the nightly backup", "before the kernel upgrade", ""]),
    Tags: plot.tagList(plot.title("backup")),
  });
}

export function addAddress(plot: Plot, at: number): void {
  const { random, place } = plot;
  const candidate = random.chance(0.7) ? place.instances[at] : undefined;
  const instance = candidate?.State?.Name === "running" ? candidate : undefined;
  place.addresses.push({
    AllocationId: `eipalloc-${random.hex(17)}`,
    PublicIp: `52.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`,
    Domain: "vpc",
    NetworkBorderGroup: plot.region,
    ...(instance && { InstanceId: instance.InstanceId, AssociationId: `eipassoc-${random.hex(17)}` }),
    Tags: plot.tagList(plot.title("ip")),
  });
}

export function addNatGateway(plot: Plot): void {
  const { random } = plot;
  plot.place.natGateways.push({
    NatGatewayId: `nat-${random.hex(17)}`,
    State: random.chance(0.05) ? "deleting" : "available",
    VpcId: vpcOf(plot),
    SubnetId: `subnet-${random.hex(17)}`,
    CreateTime: plot.ago(600),
    ConnectivityType: "public",
    NatGatewayAddresses: [{ PublicIp: `54.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}` }],
    Tags: plot.tagList(plot.title("nat")),
  });
}

/** Three networks in each region, the same ones every time they are named. */
export function vpcOf({ random, account, region }: Plot): string {
  const place = `${account.id.slice(0, 3)}${region.length}${region.charCodeAt(0).toString(16)}${region.at(-1)}`;
  return `vpc-0${random.int(1, 3)}${place.padEnd(15, "a0c4e")}`;
}
