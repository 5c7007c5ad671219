import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

const invalid = "ValidationError";

export function registerLoadBalancing(sim: Sim, at: AccountPlace): void {
  sim.service(new ElasticLoadBalancingV2Client(clientConfig));
  sim.on(DescribeLoadBalancersCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).loadBalancers, {
      operation: "loadBalancers",
      token: input.Marker,
      size: pageSize(input.PageSize, { low: 1, most: 400, code: invalid }),
      invalid: new AwsError(invalid, 400, "The marker is not valid."),
    });
    return { LoadBalancers: page, NextMarker: next };
  });
}
