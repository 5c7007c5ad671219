import { z } from "zod";
import { awsAccountId, regionName } from "../accounts/account-fields";
import { notFound } from "../errors";
import { defineEndpoint, type Caller } from "./endpoint";
import { exampleJob, exampleStack } from "./drift-examples";
import { job, presentFailure, presentJob, presentStack, stack } from "./drift-shapes";

/** What one call lists at most; `nextCursor` leads to the rest. */
const MOST_STACKS = 1000;

export const listStacks = defineEndpoint({
  method: "GET",
  path: "/api/drift/stacks",
  id: "listStacks",
  group: "Drift",
  summary: "List CloudFormation stacks with drift status",
  description: `By name, nested stacks for themselves; ${MOST_STACKS.toLocaleString("en")} at a time. \`driftStatus\` is AWS's word, \`verdict\` is CloudGuard's: AWS calls a stack in which nothing can be checked IN_SYNC.`,
  query: z.object({
    accountId: awsAccountId.optional().meta({ description: "Filter by AWS account number." }),
    cursor: z.string().min(1).max(2000).optional().meta({ description: "Where the last answer ended." }),
  }),
  status: 200,
  data: z.object({
    stacks: z.array(stack),
    total: z.int(),
    isPartial: z.boolean().meta({ description: "Some accounts or regions could not be read: there may be more." }),
    nextCursor: z.string().nullable().meta({ description: "null: these are all." }),
  }),
  errors: ["NOT_FOUND"],
  example: {
    query: { accountId: "123456789012" },
    data: { stacks: [exampleStack], total: 1, isPartial: false, nextCursor: null },
  },
  async call(api, { query: { accountId, cursor } }) {
    const filter = accountId ? { accountIds: [await connectionOf(api, accountId)] } : {};
    const stacks = [];
    for (let from = cursor; ;) {
      const page = await api.drift.stacks({
        filter,
        sort: "name",
        direction: "asc",
        isFolded: false,
        limit: 100,
        cursor: from,
      });
      stacks.push(...page.rows.map(presentStack));
      const { total, isPartial, nextCursor } = page;
      if (!nextCursor || stacks.length >= MOST_STACKS) return { stacks, total, isPartial, nextCursor };
      from = nextCursor;
    }
  },
});

export const triggerDrift = defineEndpoint({
  method: "POST",
  path: "/api/drift/trigger",
  id: "triggerDrift",
  group: "Drift",
  summary: "Trigger drift detection for a stack",
  description:
    "Answers at once; follow the detection with `GET /api/drift/jobs/{id}`. A detection of the stack that already runs is joined. `driftDetectionId` is AWS's and null while the job is QUEUED: AWS has not been asked yet. Where the role may not ask, the job is DETECTION_FAILED with the action that it lacks.",
  body: z.object({
    accountId: awsAccountId.meta({ description: "The AWS account number, twelve digits." }),
    stackName: z.string().min(1).max(256),
    region: regionName,
  }),
  status: 202,
  data: z.object({
    jobId: z.string(),
    ...job.pick({ driftDetectionId: true, status: true, message: true }).shape,
    ...job.pick({ failureReason: true, failureAction: true, failureStatement: true }).shape,
  }),
  errors: ["NOT_FOUND", "CONFLICT"],
  fieldNames: { awsAccountId: "accountId" },
  example: {
    body: { accountId: "123456789012", stackName: "web-app-infrastructure", region: "us-east-1" },
    data: {
      jobId: exampleJob.id,
      driftDetectionId: exampleJob.driftDetectionId,
      status: "DETECTION_IN_PROGRESS",
      message: "Drift detection started. Results will be available in a few minutes.",
      failureReason: null,
      failureAction: null,
      failureStatement: null,
    },
  },
  async call(api, { body: { accountId, stackName, region } }) {
    const begun = await api.drift.trigger({ awsAccountId: accountId, stackName, region });
    const { jobId, driftDetectionId, status } = begun;
    const message = status === "DETECTION_IN_PROGRESS" ? started : begun.message;
    return { jobId, driftDetectionId, status, message, ...presentFailure(begun) };
  },
});

export const getDriftJob = defineEndpoint({
  method: "GET",
  path: "/api/drift/jobs/{id}",
  id: "getDriftJob",
  group: "Drift",
  summary: "Follow a drift detection",
  description: "Ask every few seconds until `status` is DETECTION_COMPLETE, DETECTION_FAILED or CANCELLED.",
  params: z.object({
    id: z
      .string()
      .regex(/^[\w-]{1,100}$/, "This is not an id. It is the jobId of POST /api/drift/trigger.")
      .meta({ description: "The `jobId` of `POST /api/drift/trigger`." }),
  }),
  status: 200,
  data: job,
  errors: ["NOT_FOUND"],
  example: { params: { id: exampleJob.id }, data: exampleJob },
  call: async (api, { params }) => presentJob(await api.drift.job({ jobId: params.id })),
});

const started = "Drift detection started. Results will be available in a few minutes.";

/** The id in CloudGuard of a connected AWS account. */
async function connectionOf(api: Caller, accountNumber: string): Promise<string> {
  const found = (await api.accounts.list()).find(({ awsAccountId }) => awsAccountId === accountNumber);
  if (!found) throw notFound("This account");
  return found.id;
}
