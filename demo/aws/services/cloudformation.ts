import { CloudFormationClient, ListStacksCommand } from "@aws-sdk/client-cloudformation";
import { paginate } from "../paginate";
import type { Sim } from "../wire/sim";
import { clientConfig, type AccountPlace } from "./place";

export function registerCloudFormation(sim: Sim, at: AccountPlace): void {
  sim.service(new CloudFormationClient(clientConfig));
  sim.on(ListStacksCommand)((input, ctx) => {
    const wanted = input.StackStatusFilter;
    const stacks = at.region(ctx).stacks.filter(({ StackStatus }) => !wanted?.length || wanted.includes(StackStatus!));
    const { page, next } = paginate(stacks, { operation: "stacks", token: input.NextToken, size: 100 });
    return { StackSummaries: page, NextToken: next };
  });
}
