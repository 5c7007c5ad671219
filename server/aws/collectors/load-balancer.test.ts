import { describe, expect, it } from "vitest";
import { loadBalancer, toResource } from "./load-balancer";

const place = { awsAccountId: "123456789012", region: "eu-west-1" };
const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";

describe("a load balancer", () => {
  it("is known by its ARN, as its name can be used again", () => {
    const resource = toResource(
      {
        LoadBalancerArn: arn,
        LoadBalancerName: "web",
        Type: "application",
        Scheme: "internet-facing",
        State: { Code: "active" },
        AvailabilityZones: [{ ZoneName: "eu-west-1b" }, { ZoneName: "eu-west-1a" }],
      },
      place,
    );
    expect(resource).toMatchObject({
      nativeId: arn,
      name: "web",
      state: "active",
      facts: { kind: "application", zoneCount: 2 },
    });
    expect(loadBalancer.consoleUrl(resource)).toContain(encodeURIComponent(arn));
  });
});
