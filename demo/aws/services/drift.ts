import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  DetectStackResourceDriftCommand,
  type StackResourceDrift,
  type StackSummary,
} from "@aws-sdk/client-cloudformation";
import { randomUUID } from "node:crypto";
import { pageSize, paginate } from "../paginate";
import { AwsError, type Ctx, type Sim } from "../wire/sim";
import { compare } from "./compare-resource";
import type { StackResource } from "../stack-contents";
import type { AccountPlace } from "./place";
import { contentsOf, stackNamed } from "./stack-named";

interface Detection {
  id: string;
  place: string;
  stack: StackSummary;
  startedAt: number;
  /** What it found, once somebody asked after its end. */
  found: StackResourceDrift[] | null;
  hasFailed: boolean;
}

const detectable = [
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_ROLLBACK_COMPLETE",
  "UPDATE_ROLLBACK_FAILED",
  "IMPORT_COMPLETE",
];

/** CloudFormation's drift detections. One takes as long as a real short one, by the clock `now`, unless it is told otherwise. */
export function registerDrift(
  sim: Sim,
  at: AccountPlace,
  now: () => number,
  durationMs: (resources: number, detectionId: string) => number = shortDuration,
): void {
  const detections = new Map<string, Detection>();
  /** What was last found of each resource; forgotten with the stack when the world is made anew. */
  const results = new WeakMap<StackSummary, StackResourceDrift[]>();
  const placeKey = ({ account, region }: Ctx) => `${account}/${region}`;

  const settle = (detection: Detection, ctx: Ctx) => {
    const { stack, startedAt } = detection;
    const contents = contentsOf(at.region(ctx), stack);
    const takesMs = durationMs(contents.length, detection.id);
    if (detection.found || now() - startedAt < takesMs) return detection.found;
    const Timestamp = new Date(startedAt + takesMs);
    detection.hasFailed = at.region(ctx).failingDetections.has(stack.StackId!);
    // What a failed detection had looked at by then can be read.
    const reached = detection.hasFailed ? contents.slice(0, Math.floor(contents.length / 2)) : contents;
    const found = reached.map((resource) => ({ StackId: stack.StackId, Timestamp, ...compare(resource) }));
    results.set(stack, detection.hasFailed ? [...found, ...unreached(found, results.get(stack) ?? [])] : found);
    // By the API reference the time at which the operation was initiated.
    stack.DriftInformation = { StackDriftStatus: stackStatusOf(found), LastCheckTimestamp: new Date(startedAt) };
    detection.found = found;
    return found;
  };

  const detectableStack = (nameOrId: string | undefined, ctx: Ctx) => {
    const stack = stackNamed(at.region(ctx), nameOrId);
    if (!detectable.includes(stack.StackStatus!))
      throw invalid(`Drift detection cannot be performed on stack [${stack.StackId}] in ${stack.StackStatus} state.`);
    return stack;
  };

  sim.on(DetectStackDriftCommand)((input, ctx) => {
    const stack = detectableStack(input.StackName, ctx);
    const isRunning = [...detections.values()].some((one) => one.stack === stack && !settle(one, ctx));
    if (isRunning) throw invalid(`Drift detection is already in progress for stack [${stack.StackId}].`);
    const id = randomUUID();
    detections.set(id, { id, place: placeKey(ctx), stack, startedAt: now(), found: null, hasFailed: false });
    return { StackDriftDetectionId: id };
  });

  sim.on(DescribeStackDriftDetectionStatusCommand)((input, ctx) => {
    const detection = detections.get(input.StackDriftDetectionId ?? "");
    if (detection?.place !== placeKey(ctx))
      throw invalid(`Drift detection operation [${input.StackDriftDetectionId}] does not exist.`);
    const found = settle(detection, ctx);
    return {
      StackId: detection.stack.StackId,
      StackDriftDetectionId: input.StackDriftDetectionId,
      DetectionStatus: !found
        ? "DETECTION_IN_PROGRESS"
        : detection.hasFailed
          ? "DETECTION_FAILED"
          : "DETECTION_COMPLETE",
      Timestamp: new Date(detection.startedAt),
      ...(detection.hasFailed && {
        DetectionStatusReason: `Failed to detect drift on ${detection.stack.StackName}: internal failure while reading resources.`,
      }),
      ...(found && {
        StackDriftStatus: stackStatusOf(found),
        DriftedStackResourceCount: found.filter(isDrifted).length,
      }),
    };
  });

  sim.on(DescribeStackResourceDriftsCommand)((input, ctx) => {
    const stack = stackNamed(at.region(ctx), input.StackName);
    const wanted = input.StackResourceDriftStatusFilters;
    if (wanted && wanted.length > 4) throw invalid("StackResourceDriftStatusFilters takes at most 4 values.");
    // What does not support detection is left out altogether.
    const checked = (results.get(stack) ?? [])
      .filter(({ StackResourceDriftStatus: status }) => status !== "UNSUPPORTED")
      .filter(({ StackResourceDriftStatus: status }) => !wanted?.length || wanted.includes(status!));
    const { page, next } = paginate(checked, {
      operation: "resourceDrifts",
      token: input.NextToken,
      size: pageSize(input.MaxResults, { low: 1, most: 100, code: "ValidationError" }),
      invalid: invalid("The NextToken is not valid."),
    });
    return { StackResourceDrifts: page, NextToken: next };
  });

  sim.on(DetectStackResourceDriftCommand)((input, ctx) => {
    const stack = detectableStack(input.StackName, ctx);
    const resource = contentsOf(at.region(ctx), stack).find(({ logicalId }) => logicalId === input.LogicalResourceId);
    if (!resource) throw invalid(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.StackName}`);
    const looked = { StackId: stack.StackId, Timestamp: new Date(now()), ...compare(laterOn(resource)) };
    const known = results.get(stack) ?? [];
    const index = known.findIndex(({ LogicalResourceId }) => LogicalResourceId === looked.LogicalResourceId);
    // A resource that was never checked is added to what is known of the stack.
    const found = index < 0 ? [...known, looked] : known.with(index, looked);
    results.set(stack, found);
    // The last check "on the stack, or any of its individual resources" (StackDriftInformation in the API reference).
    stack.DriftInformation = { StackDriftStatus: stackStatusOf(found), LastCheckTimestamp: looked.Timestamp };
    return { StackResourceDrift: looked };
  });
}

/** A few seconds, longer for a larger stack. */
function shortDuration(resources: number): number {
  return 2000 + resources * 500;
}

/** Of what was not reached the last look stands: AWS tells of each resource that was ever checked. */
function unreached(found: StackResourceDrift[], earlier: StackResourceDrift[]): StackResourceDrift[] {
  const reached = new Set(found.map(({ LogicalResourceId }) => LogicalResourceId));
  return earlier.filter(({ LogicalResourceId }) => !reached.has(LogicalResourceId));
}

/** What was throttled a moment ago is not when it is asked for alone. */
function laterOn(resource: StackResource): StackResource {
  return resource.cannotCompare?.reason.startsWith("Rate exceeded")
    ? { ...resource, cannotCompare: undefined }
    : resource;
}

function isDrifted({ StackResourceDriftStatus: status }: StackResourceDrift): boolean {
  return status === "MODIFIED" || status === "DELETED";
}

/** A permission that is missing makes one resource unknown; nothing drifted and something unknown makes the stack so. */
function stackStatusOf(found: StackResourceDrift[]) {
  if (found.some(isDrifted)) return "DRIFTED" as const;
  return found.some((one) => one.StackResourceDriftStatus === "UNKNOWN") ? ("UNKNOWN" as const) : ("IN_SYNC" as const);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", 400, message);
}
