import { vpcOf } from "./compute";
import type { Plot } from "./plot";

export function addLoadBalancer(plot: Plot, at: number): void {
  const { random, region } = plot;
  const Type = random.chance(0.75) ? "application" : "network";
  const named = plot.title(`${Type === "application" ? "alb" : "nlb"}-${at}`);
  // AWS takes 32 characters for this name and no more; the number at its end keeps it unique.
  const LoadBalancerName = named.title.slice(-32);
  const id = random.hex(16);
  const kind = Type === "application" ? "app" : "net";
  const LoadBalancerArn = plot.arn("elasticloadbalancing", `loadbalancer/${kind}/${LoadBalancerName}/${id}`);
  plot.place.loadBalancers.push({
    LoadBalancerName,
    LoadBalancerArn,
    DNSName: `${LoadBalancerName}-${id.slice(0, 10)}.${region}.elb.amazonaws.com`,
    Scheme: random.pick(["internet-facing", "internal"]),
    Type,
    State: { Code: random.chance(0.05) ? "provisioning" : "active" },
    CreatedTime: plot.ago(500),
    VpcId: vpcOf(plot),
    IpAddressType: "ipv4",
    AvailabilityZones: ["a", "b"].map((zone) => ({
      ZoneName: `${region}${zone}`,
      SubnetId: `subnet-${random.hex(17)}`,
    })),
    SecurityGroups: Type === "application" ? [`sg-${random.hex(17)}`] : [],
  });
  plot.remember(LoadBalancerArn, plot.tags(named));
}
