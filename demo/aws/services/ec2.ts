import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeNatGatewaysCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { pageSize, paginate } from "../paginate";
import type { Sim } from "../wire/sim";
import { optInRegions } from "../world";
import { clientConfig, type AccountPlace } from "./place";
import { securityGroupsOf } from "./security-groups";

const bounds = { low: 5, most: 1000 };

export function registerEc2(sim: Sim, at: AccountPlace): void {
  sim.service(new EC2Client(clientConfig));
  sim.on(DescribeRegionsCommand)((input, ctx) => {
    const { enabledRegions } = at.account(ctx);
    const enabled = enabledRegions.map((name) => ({
      name,
      status: optInRegions.includes(name) ? "opted-in" : "opt-in-not-required",
    }));
    const closed = optInRegions
      .filter((name) => !enabledRegions.includes(name))
      .map((name) => ({ name, status: "not-opted-in" }));
    const statuses = input.Filters?.find(({ Name }) => Name === "opt-in-status")?.Values;
    const regions = (input.AllRegions ? [...enabled, ...closed] : enabled)
      .filter(({ name }) => !input.RegionNames?.length || input.RegionNames.includes(name))
      .filter(({ status }) => !statuses?.length || statuses.includes(status));
    return {
      Regions: regions.map(({ name, status }) => ({
        RegionName: name,
        Endpoint: `ec2.${name}.amazonaws.com`,
        OptInStatus: status,
      })),
    };
  });

  sim.on(DescribeInstancesCommand)((input, ctx) => {
    const size = pageSize(input.MaxResults, bounds);
    const { page, next } = paginate(at.region(ctx).instances, { operation: "instances", token: input.NextToken, size });
    return {
      Reservations: page.map((instance) => ({
        ReservationId: `r-${instance.InstanceId?.slice(2)}`,
        OwnerId: ctx.account,
        Groups: [],
        Instances: [instance],
      })),
      NextToken: next,
    };
  });

  sim.on(DescribeVolumesCommand)((input, ctx) => {
    const size = pageSize(input.MaxResults, bounds);
    const { page, next } = paginate(at.region(ctx).volumes, { operation: "volumes", token: input.NextToken, size });
    return { Volumes: page, NextToken: next };
  });

  sim.on(DescribeSnapshotsCommand)((input, ctx) => {
    // Without the owner AWS lists every public snapshot there is; nothing in this world is public.
    const isOwn = input.OwnerIds?.some((owner) => owner === "self" || owner === ctx.account);
    const own = isOwn ? at.region(ctx).snapshots : [];
    const size = pageSize(input.MaxResults, bounds);
    const { page, next } = paginate(own, { operation: "snapshots", token: input.NextToken, size });
    return { Snapshots: page, NextToken: next };
  });

  // The one list of EC2 that has no pages.
  sim.on(DescribeAddressesCommand)((_input, ctx) => ({ Addresses: at.region(ctx).addresses }));

  sim.on(DescribeNatGatewaysCommand)((input, ctx) => {
    const size = pageSize(input.MaxResults, bounds);
    const { page, next } = paginate(at.region(ctx).natGateways, { operation: "nat", token: input.NextToken, size });
    return { NatGateways: page, NextToken: next };
  });

  sim.on(DescribeSecurityGroupsCommand)((input, ctx) => {
    const { GroupIds: ids } = input;
    const groups = securityGroupsOf(at.region(ctx), ctx.account).filter(
      ({ GroupId }) => !ids?.length || ids.includes(GroupId!),
    );
    const size = pageSize(input.MaxResults, bounds);
    const { page, next } = paginate(groups, { operation: "groups", token: input.NextToken, size });
    return { SecurityGroups: page, NextToken: next };
  });
}
