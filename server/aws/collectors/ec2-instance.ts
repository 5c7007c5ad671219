import type { Instance } from "@aws-sdk/client-ec2";
import { rateOf } from "../rates";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const ec2Instance = defineCollector({
  type: "AWS::EC2::Instance",
  label: "EC2 instance",
  shortName: "ec2",
  scope: "regional",
  permissions: ["ec2:DescribeInstances"],
  rate: rateOf("ec2", "DescribeInstances"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#InstanceDetails:instanceId=${nativeId}`,

  async *collect(aws) {
    const { paginateDescribeInstances } = await import("@aws-sdk/client-ec2");
    // 500 and not the 1,000 that AWS allows: parsing a full page would stall the event loop for a tenth of a second.
    for await (const page of paginateDescribeInstances({ client: await aws.ec2(), pageSize: 500 }, {})) {
      yield (page.Reservations ?? []).flatMap(({ Instances = [] }) =>
        Instances.map((instance) => toResource(instance, aws.place)),
      );
    }
  },

  async probe(aws) {
    const { DescribeInstancesCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.ec2()).send(new DescribeInstancesCommand({ MaxResults: 5 }));
  },
});

export function toResource(instance: Instance, { awsAccountId, region }: Place): CollectedResource {
  const { Tags, ...rest } = instance;
  const id = required(instance.InstanceId);
  const tags = tagsOf(Tags);
  return {
    nativeId: id,
    arn: `arn:aws:ec2:${region}:${awsAccountId}:instance/${id}`,
    name: tags.Name ?? null,
    region,
    state: instance.State?.Name ?? null,
    tags,
    facts: {
      instanceType: instance.InstanceType,
      availabilityZone: instance.Placement?.AvailabilityZone,
      privateIp: instance.PrivateIpAddress,
      publicIp: instance.PublicIpAddress,
      vpcId: instance.VpcId,
      subnetId: instance.SubnetId,
      imageId: instance.ImageId,
      platform: instance.PlatformDetails,
      architecture: instance.Architecture,
      lifecycle: instance.InstanceLifecycle,
      launchedAt: instance.LaunchTime?.toISOString(),
    },
    config: withoutSecrets({
      ...rest,
      SecurityGroups: sortedBy(instance.SecurityGroups, ({ GroupId }) => GroupId),
      BlockDeviceMappings: sortedBy(instance.BlockDeviceMappings, ({ DeviceName }) => DeviceName),
      NetworkInterfaces: sortedBy(
        instance.NetworkInterfaces?.map((nic) => ({ ...nic, Groups: sortedBy(nic.Groups, ({ GroupId }) => GroupId) })),
        ({ NetworkInterfaceId }) => NetworkInterfaceId,
      ),
    }),
    createdAt: madeAt(instance),
  };
}

/** LaunchTime is the last start; what was attached at the first one remembers when that was. */
function madeAt({ LaunchTime, BlockDeviceMappings, NetworkInterfaces }: Instance): Date | null {
  const times = [
    LaunchTime,
    ...(BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.AttachTime),
    ...(NetworkInterfaces ?? []).map(({ Attachment }) => Attachment?.AttachTime),
  ].filter((time) => time !== undefined);
  return times.length > 0 ? new Date(Math.min(...times.map((time) => time.getTime()))) : null;
}
