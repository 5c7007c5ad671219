import type { Snapshot } from "@aws-sdk/client-ec2";
import { rateOf } from "../rates";
import { required, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const ec2Snapshot = defineCollector({
  type: "AWS::EC2::Snapshot",
  label: "EBS snapshot",
  shortName: "snapshot",
  scope: "regional",
  permissions: ["ec2:DescribeSnapshots"],
  rate: rateOf("ec2", "DescribeSnapshots"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#SnapshotDetails:snapshotId=${nativeId}`,

  async *collect(aws) {
    const { paginateDescribeSnapshots } = await import("@aws-sdk/client-ec2");
    // Without an owner AWS lists every public snapshot of the region.
    const own = { OwnerIds: ["self"] };
    for await (const page of paginateDescribeSnapshots({ client: await aws.ec2(), pageSize: 500 }, own)) {
      yield (page.Snapshots ?? []).map((snapshot) => toResource(snapshot, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeSnapshotsCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.ec2()).send(new DescribeSnapshotsCommand({ OwnerIds: ["self"], MaxResults: 5 }));
  },
});

export function toResource(snapshot: Snapshot, { region }: Place): CollectedResource {
  const { Tags, ...rest } = snapshot;
  const id = required(snapshot.SnapshotId);
  const tags = tagsOf(Tags);
  return {
    nativeId: id,
    // AWS writes a snapshot's ARN without an account.
    arn: `arn:aws:ec2:${region}::snapshot/${id}`,
    name: tags.Name ?? null,
    region,
    state: snapshot.State ?? null,
    tags,
    facts: {
      sizeGiB: snapshot.VolumeSize,
      volumeId: snapshot.VolumeId,
      isEncrypted: snapshot.Encrypted,
      storageTier: snapshot.StorageTier,
      description: snapshot.Description,
    },
    config: withoutSecrets(rest),
    createdAt: snapshot.StartTime ?? null,
  };
}
