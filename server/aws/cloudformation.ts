import type {
  DescribeStackDriftDetectionStatusCommandOutput,
  StackResourceDrift,
} from "@aws-sdk/client-cloudformation";
import type { AwsAccess } from "./access";
import { required } from "./collectors/answer-shapes";
import type { Json } from "./collectors/define";

/** CloudFormation's side of drift, as plain data. All of these throw what AWS says; see `toFailure`. */

/**
 * Begins a detection of the whole stack and returns AWS's id of it. ValidationError where the stack is not eligible. The signal of
 * `access` ends the waiting before the call and never the call: AWS may have begun, and tells the id only once.
 */
export async function startDetection(access: AwsAccess, stackId: string): Promise<string> {
  const { DetectStackDriftCommand } = await import("@aws-sdk/client-cloudformation");
  const client = await access.cloudformation();
  const answer = await client.send(new DetectStackDriftCommand({ StackName: stackId }), { abortSignal: undefined });
  return required(answer.StackDriftDetectionId);
}

export interface DetectionState {
  /** DETECTION_IN_PROGRESS, DETECTION_FAILED, DETECTION_COMPLETE */
  status: string;
  reason: string | null;
  /** DRIFTED, IN_SYNC, UNKNOWN, NOT_CHECKED; null until AWS has one. */
  stackDriftStatus: string | null;
  /** When the detection was begun. */
  startedAt: Date;
}

export async function detectionState(access: AwsAccess, driftDetectionId: string): Promise<DetectionState> {
  const { DescribeStackDriftDetectionStatusCommand } = await import("@aws-sdk/client-cloudformation");
  const answer = await (
    await access.cloudformation()
  ).send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: driftDetectionId }));
  return toState(answer);
}

type StateAnswer = Omit<DescribeStackDriftDetectionStatusCommandOutput, "$metadata">;

export function toState(answer: StateAnswer): DetectionState {
  return {
    status: required(answer.DetectionStatus),
    reason: answer.DetectionStatusReason ?? null,
    stackDriftStatus: answer.StackDriftStatus ?? null,
    startedAt: required(answer.Timestamp),
  };
}

/** Everything that the stack holds: what coverage is counted against. What was deleted from the stack is left out. */
export async function stackMembers(access: AwsAccess, stackId: string) {
  const { paginateListStackResources } = await import("@aws-sdk/client-cloudformation");
  const members = [];
  for await (const page of paginateListStackResources(
    { client: await access.cloudformation() },
    { StackName: stackId },
  ))
    for (const one of page.StackResourceSummaries ?? [])
      if (one.ResourceStatus !== "DELETE_COMPLETE")
        members.push({
          logicalId: required(one.LogicalResourceId),
          physicalId: one.PhysicalResourceId ?? null,
          type: required(one.ResourceType),
        });
  return members;
}

/** What the stack's last detection found, all statuses: the filter takes at most four of them, so it is not used. */
export async function resourceDrifts(access: AwsAccess, stackId: string) {
  const { paginateDescribeStackResourceDrifts } = await import("@aws-sdk/client-cloudformation");
  const client = await access.cloudformation();
  const drifts = [];
  for await (const page of paginateDescribeStackResourceDrifts({ client, pageSize: 100 }, { StackName: stackId }))
    drifts.push(...(page.StackResourceDrifts ?? []).map(toDrift));
  return drifts;
}

/** When AWS was last asked for the drift of the stack, or of any of its resources; null where it never was. */
export async function lastCheck(access: AwsAccess, stackId: string): Promise<Date | null> {
  const { DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
  const answer = await (await access.cloudformation()).send(new DescribeStacksCommand({ StackName: stackId }));
  return answer.Stacks?.[0]?.DriftInformation?.LastCheckTimestamp ?? null;
}

/** Looks at one resource again, at once and without a detection of the whole stack. */
export async function detectResource(access: AwsAccess, stackId: string, logicalId: string) {
  const { DetectStackResourceDriftCommand } = await import("@aws-sdk/client-cloudformation");
  const answer = await (
    await access.cloudformation()
  ).send(new DetectStackResourceDriftCommand({ StackName: stackId, LogicalResourceId: logicalId }));
  return toDrift(required(answer.StackResourceDrift));
}

/** Expected and actual are JSON in a string; AWS leaves both out for what is deleted. */
export function toDrift(drift: StackResourceDrift) {
  return {
    logicalId: required(drift.LogicalResourceId),
    physicalId: drift.PhysicalResourceId ?? null,
    type: required(drift.ResourceType),
    status: required(drift.StackResourceDriftStatus) as string,
    reason: drift.DriftStatusReason ?? null,
    expected: read(drift.ExpectedProperties),
    actual: read(drift.ActualProperties),
    told:
      drift.PropertyDifferences?.map((one) => ({
        path: required(one.PropertyPath),
        type: required(one.DifferenceType) as string,
        expected: one.ExpectedValue ?? "null",
        actual: one.ActualValue ?? "null",
      })) ?? null,
    checkedAt: drift.Timestamp ?? null,
  };
}

function read(json: string | undefined): Json | null {
  return json === undefined ? null : (JSON.parse(json) as Json);
}
