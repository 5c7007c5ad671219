import type { StackStatus, StackSummary } from "@aws-sdk/client-cloudformation";
import { rateOf } from "../rates";
import { required, withoutSecrets } from "./answer-shapes";
import { type CollectedResource, defineCollector, type Place } from "./define";

export const cloudformationStack = defineCollector({
  type: "AWS::CloudFormation::Stack",
  label: "CloudFormation stack",
  shortName: "stack",
  scope: "regional",
  permissions: ["cloudformation:ListStacks"],
  rate: rateOf("cloudformation", "ListStacks"),
  tagSweep: "cloudformation:stack",
  consoleUrl: ({ nativeId, region }) =>
    `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${encodeURIComponent(nativeId)}`,

  async *collect(aws) {
    const { paginateListStacks, StackStatus } = await import("@aws-sdk/client-cloudformation");
    // Unfiltered, AWS lists the deleted stacks of the last 90 days too.
    const StackStatusFilter: StackStatus[] = Object.values(StackStatus).filter(
      (status) => status !== "DELETE_COMPLETE",
    );
    for await (const page of paginateListStacks({ client: await aws.cloudformation() }, { StackStatusFilter })) {
      yield (page.StackSummaries ?? []).map((stack) => toResource(stack, aws.place));
    }
  },

  async probe(aws) {
    const { ListStacksCommand } = await import("@aws-sdk/client-cloudformation");
    return (await aws.cloudformation()).send(new ListStacksCommand({ StackStatusFilter: ["CREATE_IN_PROGRESS"] }));
  },
});

export function toResource({ DriftInformation, ...stack }: StackSummary, { region }: Place): CollectedResource {
  return {
    // The name can be used again by another stack, the id cannot.
    nativeId: required(stack.StackId),
    arn: required(stack.StackId),
    name: required(stack.StackName),
    region,
    state: stack.StackStatus ?? null,
    facts: {
      updatedAt: stack.LastUpdatedTime?.toISOString(),
      description: stack.TemplateDescription,
      parentId: stack.ParentId,
      rootId: stack.RootId,
    },
    // AWS's own last word on drift, which costs no detection. Detecting changes nothing in the stack.
    remarks: {
      driftStatus: DriftInformation?.StackDriftStatus,
      driftCheckedAt: DriftInformation?.LastCheckTimestamp?.toISOString(),
    },
    config: withoutSecrets(stack),
    createdAt: stack.CreationTime ?? null,
  };
}
