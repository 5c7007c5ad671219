import type { Address } from "@aws-sdk/client-ec2";
import { rateOf } from "../rates";
import { required, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const ec2Address = defineCollector({
  type: "AWS::EC2::EIP",
  label: "Elastic IP address",
  shortName: "eip",
  scope: "regional",
  permissions: ["ec2:DescribeAddresses"],
  rate: rateOf("ec2", "DescribeAddresses"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#ElasticIpDetails:AllocationId=${nativeId}`,

  async *collect(aws) {
    const { DescribeAddressesCommand } = await import("@aws-sdk/client-ec2");
    // AWS answers all addresses at once; this API has no pages.
    const { Addresses = [] } = await (await aws.ec2()).send(new DescribeAddressesCommand({}));
    yield Addresses.map((address) => toResource(address, aws.place));
  },

  async probe(aws) {
    const { DescribeAddressesCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.ec2()).send(new DescribeAddressesCommand({}));
  },
});

export function toResource(address: Address, { awsAccountId, region }: Place): CollectedResource {
  const { Tags, ...rest } = address;
  const id = required(address.AllocationId ?? address.PublicIp);
  const tags = tagsOf(Tags);
  return {
    nativeId: id,
    arn: `arn:aws:ec2:${region}:${awsAccountId}:elastic-ip/${id}`,
    name: tags.Name ?? null,
    region,
    // AWS gives no state; whether it is in use is what it costs money for.
    state: address.AssociationId ? "associated" : "unassociated",
    tags,
    facts: {
      publicIp: address.PublicIp,
      privateIp: address.PrivateIpAddress,
      instanceId: address.InstanceId,
      networkInterfaceId: address.NetworkInterfaceId,
      domain: address.Domain,
    },
    config: withoutSecrets(rest),
    createdAt: null,
  };
}
