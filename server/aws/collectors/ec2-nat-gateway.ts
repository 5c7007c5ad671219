import type { NatGateway } from "@aws-sdk/client-ec2";
import { rateOf } from "../rates";
import { required, sortedBy, tagsOf, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const ec2NatGateway = defineCollector({
  type: "AWS::EC2::NatGateway",
  label: "NAT gateway",
  shortName: "nat",
  scope: "regional",
  permissions: ["ec2:DescribeNatGateways"],
  rate: rateOf("ec2", "DescribeNatGateways"),
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/vpcconsole/home?region=${region}#NatGatewayDetails:natGatewayId=${nativeId}`,

  async *collect(aws) {
    const { paginateDescribeNatGateways } = await import("@aws-sdk/client-ec2");
    for await (const page of paginateDescribeNatGateways({ client: await aws.ec2(), pageSize: 500 }, {})) {
      yield (page.NatGateways ?? []).map((gateway) => toResource(gateway, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeNatGatewaysCommand } = await import("@aws-sdk/client-ec2");
    return (await aws.ec2()).send(new DescribeNatGatewaysCommand({ MaxResults: 5 }));
  },
});

export function toResource(gateway: NatGateway, { awsAccountId, region }: Place): CollectedResource {
  const { Tags, ...rest } = gateway;
  const id = required(gateway.NatGatewayId);
  const tags = tagsOf(Tags);
  const addresses = sortedBy(gateway.NatGatewayAddresses, ({ AllocationId, PrivateIp }) => AllocationId ?? PrivateIp);
  return {
    nativeId: id,
    arn: `arn:aws:ec2:${region}:${awsAccountId}:natgateway/${id}`,
    name: tags.Name ?? null,
    region,
    state: gateway.State ?? null,
    tags,
    facts: {
      connectivityType: gateway.ConnectivityType,
      publicIp: addresses?.find(({ PublicIp }) => PublicIp)?.PublicIp,
      vpcId: gateway.VpcId,
      subnetId: gateway.SubnetId,
    },
    config: withoutSecrets({ ...rest, NatGatewayAddresses: addresses }),
    createdAt: gateway.CreateTime ?? null,
  };
}
