import { DescribeAddressesCommand, DescribeInstancesCommand, DescribeNatGatewaysCommand, DescribeRegionsCommand, DescribeSnapshotsCommand, DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { pageSize, paginate } from "../paginate";
import type { Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

const bounds = { low: 5, most: 1000 };

export function registerEc2(sim: Sim, at: AccountPlace): void {
  sim.service(new EC2Client(clientConfig));
  sim.on(DescribeRegionsCommand)((_input, ctx) => ({
    Regions: at.account(ctx).enabledRegions.map((RegionName) => ({ RegionName, Endpoint: `ec2.${RegionName}.amazonaws.com`, OptInStatus: "opt-in-not-required" })),
  }));
  sim.on(DescribeInstancesCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).instances, { operation: "instances", token: input.NextToken, size: pageSize(input.MaxResults, bounds) });
    return { Reservations: page.map((instance) => ({ ReservationId: `r-${instance.InstanceId?.slice(2)}`, OwnerId: ctx.account, Groups: [], Instances: [instance] })), NextToken: next };
  });
  sim.on(DescribeVolumesCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).volumes, { operation: "volumes", token: input.NextToken, size: pageSize(input.MaxResults, bounds) });
    return { Volumes: page, NextToken: next };
  });
  sim.on(DescribeSnapshotsCommand)((input, ctx) => {
    // Without the owner AWS lists every public snapshot there is.
    const own = input.OwnerIds?.includes("self") ? at.region(ctx).snapshots : [];
    const { page, next } = paginate(own, { operation: "snapshots", token: input.NextToken, size: pageSize(input.MaxResults, bounds) });
    return { Snapshots: page, NextToken: next };
  });
  sim.on(DescribeAddressesCommand)((_input, ctx) => ({ Addresses: at.region(ctx).addresses }));
  sim.on(DescribeNatGatewaysCommand)((input, ctx) => {
    const { page, next } = paginate(at.region(ctx).natGateways, { operation: "nat", token: input.NextToken, size: pageSize(input.MaxResults, bounds) });
    return { NatGateways: page, NextToken: next };
  });
}
