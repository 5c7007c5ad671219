import { z } from "zod";
import type { DriftJobView, StackRow } from "../drift/views";
import { severities, verdicts } from "../drift/filter";
import { time } from "./completeness";

export const stack = z
  .object({
    id: z.string(),
    stackName: z.string(),
    stackId: z.string().meta({ description: "AWS's id, an ARN." }),
    accountId: z.string().meta({ description: "The AWS account number." }),
    region: z.string(),
    status: z.string().nullable().meta({ description: "AWS's word: UPDATE_COMPLETE …" }),
    driftStatus: z.string().meta({ description: "AWS's word: DRIFTED, IN_SYNC, UNKNOWN, NOT_CHECKED." }),
    detectionTime: time
      .nullable()
      .meta({ description: "When the detection of the whole stack that says so was begun." }),
    description: z.string().nullable(),
    tags: z.record(z.string(), z.string()).nullable().meta({ description: "null: the tags could not be read." }),
    verdict: z.enum(verdicts).meta({ description: "CloudGuard's own conclusion." }),
    verdictReason: z.string().meta({ description: "The verdict in a sentence." }),
    severity: z.enum(severities).nullable().meta({ description: "Of the worst that differs and is not ignored." }),
    driftedResources: z.int().nullable().meta({ description: "null without a detection of CloudGuard's own." }),
    jobId: z.string().nullable().meta({ description: "The detection that is queued or running." }),
  })
  .meta({ id: "Stack" });

export function presentStack(row: StackRow): z.output<typeof stack> {
  const { id, stackName, stackId, awsAccountId, region, status, description, tags, drift } = row;
  return {
    ...{ id, stackName, stackId, accountId: awsAccountId, region, status, description, tags },
    driftStatus: drift.status,
    detectionTime: drift.asOf?.toISOString() ?? null,
    verdict: drift.verdict,
    verdictReason: drift.sentence,
    severity: drift.severity,
    driftedResources: drift.driftedResources,
    jobId: row.job?.jobId ?? null,
  };
}

export const job = z
  .object({
    id: z.string(),
    driftDetectionId: z.string().nullable().meta({ description: "AWS's; null until AWS has answered." }),
    status: z.enum(["QUEUED", "DETECTION_IN_PROGRESS", "DETECTION_COMPLETE", "DETECTION_FAILED", "CANCELLED"]),
    message: z.string().meta({ description: "What it is doing, or how it ended." }),
    accountId: z.string().nullable().meta({ description: "null once the account has been disconnected." }),
    stackName: z.string().nullable(),
    region: z.string().nullable(),
    queuedAt: time,
    startedAt: time.nullable(),
    completedAt: time.nullable(),
    failureReason: z.string().nullable(),
    failureAction: z.string().nullable().meta({ description: "The IAM action that the role lacks." }),
    failureStatement: z.string().nullable().meta({
      description: "The policy statement that grants it, as JSON; null where no statement of the role would help.",
    }),
  })
  .meta({ id: "DriftJob" });

export function presentJob(view: DriftJobView): z.output<typeof job> {
  const { jobId, driftDetectionId, status, message, stack, queuedAt, startedAt, completedAt } = view;
  return {
    ...{ id: jobId, driftDetectionId, status, message },
    accountId: stack?.awsAccountId ?? null,
    stackName: stack?.stackName ?? null,
    region: stack?.region ?? null,
    queuedAt: queuedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    completedAt: completedAt?.toISOString() ?? null,
    ...presentFailure(view),
  };
}

/** Why a job ended without, or with only some, results, and what would change that. */
export function presentFailure({ failure }: DriftJobView) {
  return {
    failureReason: failure?.reason ?? null,
    failureAction: failure?.action ?? null,
    failureStatement: failure?.statement ?? null,
  };
}
