import type { Volume } from "@aws-sdk/client-ec2";
import { rateOf } from "../rates";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const ec2Volume = defineCollector({
  type: "AWS::EC2::Volume",
  label: "EBS volume",
  shortName: "ebs",
  scope: "regional",
  permissions: ["ec2:DescribeVolumes"],
  rate: rateOf("ec2", "DescribeVolumes"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#VolumeDetails:volumeId=${nativeId}`,

  async *collect(aws) {
    const { paginateDescribeVolumes } = await import("@aws-sdk/client-ec2");
    for await (const page of paginateDescribeVolumes({ client: await aws.ec2(), pageSize: 500 }, {})) {
      yield (page.Volumes ?? []).map((volume) => toResource(volume, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeVolumesCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.ec2()).send(new DescribeVolumesCommand({ MaxResults: 5 }));
  },
});

export function toResource(volume: Volume, { awsAccountId, region }: Place): CollectedResource {
  const { Tags, ...rest } = volume;
  const id = required(volume.VolumeId);
  const tags = tagsOf(Tags);
  const attachments = sortedBy(volume.Attachments, ({ InstanceId }) => InstanceId);
  return {
    nativeId: id,
    arn: `arn:aws:ec2:${region}:${awsAccountId}:volume/${id}`,
    name: tags.Name ?? null,
    region,
    state: volume.State ?? null,
    tags,
    facts: {
      volumeType: volume.VolumeType,
      sizeGiB: volume.Size,
      iops: volume.Iops,
      throughputMiBps: volume.Throughput,
      isEncrypted: volume.Encrypted,
      availabilityZone: volume.AvailabilityZone,
      attachedTo: attachments?.map(({ InstanceId }) => InstanceId).join(", ") || undefined,
    },
    config: withoutSecrets({ ...rest, Attachments: attachments }),
    createdAt: volume.CreateTime ?? null,
  };
}
