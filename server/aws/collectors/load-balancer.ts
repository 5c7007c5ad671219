import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import { rateOf } from "../rates";
import { required, sortedBy, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const loadBalancer = defineCollector({
  type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
  label: "Load balancer",
  shortName: "elb",
  scope: "regional",
  permissions: ["elasticloadbalancing:DescribeLoadBalancers"],
  rate: rateOf("elbv2", "DescribeLoadBalancers"),
  tagSweep: "elasticloadbalancing:loadbalancer",
  consoleUrl: ({ arn, region }) =>
    arn &&
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#LoadBalancer:loadBalancerArn=${encodeURIComponent(arn)}`,

  async *collect(aws) {
    const { paginateDescribeLoadBalancers } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    for await (const page of paginateDescribeLoadBalancers({ client: await aws.elbv2(), pageSize: 400 }, {})) {
      yield (page.LoadBalancers ?? []).map((balancer) => toResource(balancer, aws.place));
    }
  },

  async probe(aws) {
    const { DescribeLoadBalancersCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
    return (await aws.elbv2()).send(new DescribeLoadBalancersCommand({ PageSize: 1 }));
  },
});

export function toResource(balancer: LoadBalancer, { region }: Place): CollectedResource {
  return {
    // Names may be used again after a deletion, ARNs never.
    nativeId: required(balancer.LoadBalancerArn),
    arn: required(balancer.LoadBalancerArn),
    name: required(balancer.LoadBalancerName),
    region,
    state: balancer.State?.Code ?? null,
    facts: {
      kind: balancer.Type,
      scheme: balancer.Scheme,
      dnsName: balancer.DNSName,
      vpcId: balancer.VpcId,
      ipAddressType: balancer.IpAddressType,
      zoneCount: balancer.AvailabilityZones?.length,
    },
    config: withoutSecrets({
      ...balancer,
      AvailabilityZones: sortedBy(balancer.AvailabilityZones, ({ ZoneName }) => ZoneName),
      SecurityGroups: sortedBy(balancer.SecurityGroups, (group) => group),
    }),
    createdAt: balancer.CreatedTime ?? null,
  };
}
