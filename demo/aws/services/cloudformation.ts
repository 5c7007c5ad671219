import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  type StackSummary,
} from "@aws-sdk/client-cloudformation";
import { paginate } from "../paginate";
import type { StackResource } from "../stack-contents";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import { registerDrift } from "./drift";
import { clientConfig, type AccountPlace } from "./place";
import { contentsOf, stackNamed } from "./stack-named";

export function registerCloudFormation(
  sim: Sim,
  at: AccountPlace,
  now: () => number,
  detectionMs?: (resources: number, detectionId: string) => number,
): void {
  sim.service(new CloudFormationClient(clientConfig));
  const invalid = () => new AwsError("ValidationError", 400, "The NextToken is not valid.");

  sim.on(ListStacksCommand)((input, ctx) => {
    // Without a filter the deleted stacks of the last 90 days are in the list too.
    const wanted = input.StackStatusFilter;
    const stacks = at.region(ctx).stacks.filter(({ StackStatus }) => !wanted?.length || wanted.includes(StackStatus!));
    const { page, next } = paginate(stacks, {
      operation: "stacks",
      token: input.NextToken,
      size: 100,
      invalid: invalid(),
    });
    return { StackSummaries: page, NextToken: next };
  });

  sim.on(DescribeStacksCommand)((input, ctx) => {
    const live = at.region(ctx).stacks.filter(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
    const asked = input.StackName === undefined ? live : [stackNamed(at.region(ctx), input.StackName)];
    const { page, next } = paginate(asked, {
      operation: "described",
      token: input.NextToken,
      size: 100,
      invalid: invalid(),
    });
    const tagsOf = (stack: StackSummary) => Object.entries(at.region(ctx).tags.get(stack.StackId!) ?? {});
    return {
      Stacks: page.map(({ TemplateDescription, DriftInformation, ...stack }) => ({
        ...stack,
        CreationTime: stack.CreationTime,
        StackName: stack.StackName,
        StackStatus: stack.StackStatus,
        Description: TemplateDescription,
        DriftInformation,
        Tags: tagsOf(stack).map(([Key, Value]) => ({ Key, Value })),
      })),
      NextToken: next,
    };
  });

  sim.on(ListStackResourcesCommand)((input, ctx) => {
    const stack = stackNamed(at.region(ctx), input.StackName);
    const { page, next } = paginate(contentsOf(at.region(ctx), stack), {
      operation: "stackResources",
      token: input.NextToken,
      size: 100,
      invalid: invalid(),
    });
    return { StackResourceSummaries: page.map((resource) => summaryOf(resource, stack)), NextToken: next };
  });

  sim.on(DescribeStackResourcesCommand)((input, ctx) => {
    const stack = stackNamed(at.region(ctx), input.StackName);
    return {
      StackResources: contentsOf(at.region(ctx), stack).map((resource) => {
        const { LastUpdatedTimestamp, ...summary } = summaryOf(resource, stack);
        return { ...summary, StackId: stack.StackId, StackName: stack.StackName, Timestamp: LastUpdatedTimestamp };
      }),
    };
  });

  sim.on(GetTemplateCommand)((input, ctx: Ctx) => {
    const stack = stackNamed(at.region(ctx), input.StackName);
    const declared = contentsOf(at.region(ctx), stack).map(
      ({ logicalId, type, declared: Properties }) => [logicalId, { Type: type, Properties }] as const,
    );
    const template = {
      AWSTemplateFormatVersion: "2010-09-09",
      Description: stack.TemplateDescription,
      Resources: Object.fromEntries(declared),
    };
    return { TemplateBody: JSON.stringify(template, null, 2), StagesAvailable: ["Original", "Processed"] };
  });

  registerDrift(sim, at, now, detectionMs);
}

function summaryOf({ logicalId, type, physicalId }: StackResource, stack: StackSummary) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    LastUpdatedTimestamp: stack.LastUpdatedTime ?? stack.CreationTime,
    ResourceStatus: stack.LastUpdatedTime ? ("UPDATE_COMPLETE" as const) : ("CREATE_COMPLETE" as const),
    // A detection changes what ListStacks says, and only DescribeStackResourceDrifts tells it by resource.
    DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" as const },
  };
}
