import type { TenantTx } from "../db/client";
import type { DriftDetectionJob, Prisma } from "../db/generated/client";
import type { FoundResource } from "./assess";
import { consoleLink } from "./console-links";
import { verdictOf, verdictSentence } from "./coverage";
import { failureOf } from "./job-views";
import { judged, type JudgedResource } from "./judgement";
import { storedResults } from "./store";
import type { Coverage, DetectionDetail, DetectionSummary, ResourceDrift } from "./views";

/** A stack's detections, the running one first, then the latest; `before` is the id of the last one that was shown. */
export async function summariesOf(
  tx: TenantTx,
  { stackId, limit, before }: { stackId: string; limit: number; before?: string },
): Promise<DetectionSummary[]> {
  const rows = await tx.driftDetectionJob.findMany({
    where: { stackId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    ...(before && { cursor: { id: before }, skip: 1 }),
  });
  return rows.map(summaryOf);
}

/** A detection with everything it found, under today's ignore rules; null where there is none of that id. */
export async function detailOf(tx: TenantTx, detectionId: string): Promise<DetectionDetail | null> {
  const job = await tx.driftDetectionJob.findUnique({
    where: { id: detectionId },
    include: { account: true, stack: { include: { resource: true } } },
  });
  if (!job?.account || !job.stack) return null;
  const { account, stack } = job;
  const summary = summaryOf(job);
  // What a job has looked at is told once it has ended.
  const found = summary.verdict ? ((await storedResults(tx, detectionId)) ?? []) : [];
  const rules = await tx.ignoreRule.findMany();
  const { resources, severity, open, ignored, drifted, fresh } = judged(
    found,
    { accountId: account.id, stackId: stack.id },
    rules,
    new Date(),
  );
  const inventory = await inventoryOf(tx, account.id, resources);
  const verdict =
    summary.coverage && found.length > 0 ? verdictOf(summary.coverage, { open, ignored }) : summary.verdict;
  return {
    ...summary,
    asOf: asOf(summary, found),
    verdict,
    severity,
    newDifferences: found.length > 0 ? summary.newDifferences && fresh : summary.newDifferences,
    stack: {
      id: stack.id,
      stackName: stack.resource.name ?? stack.resource.nativeId,
      stackId: stack.resource.nativeId,
      awsAccountId: account.awsAccountId,
      accountName: account.name,
      region: job.region,
    },
    sentence: verdict
      ? verdictSentence(verdict, summary.coverage, { drifted, ignored })
      : isLive(job.status)
        ? "This detection is still under way."
        : "This detection has no results.",
    openDifferences: open,
    ignoredDifferences: ignored,
    resolved: (job.resolved ?? []) as DetectionDetail["resolved"],
    resources: resources.map((one) =>
      resourceView(one, { region: job.region, stackId: stack.resource.nativeId }, inventory),
    ),
  };
}

/** All of a stack is looked at in one detection. */
function asOf({ kind, startedAt }: DetectionSummary, found: FoundResource[]): Date | null {
  if (kind === "STACK") return startedAt;
  const looks = found.flatMap(({ checkedAt }) => checkedAt?.getTime() ?? []);
  return looks.length > 0 ? new Date(Math.min(...looks)) : startedAt;
}

const isLive = (status: string) => status === "QUEUED" || status === "DETECTION_IN_PROGRESS";

function summaryOf(job: DriftDetectionJob): DetectionSummary {
  const { id, driftDetectionId, status, kind, trigger, createdAt, startedAt, completedAt } = job;
  const { driftStatus, verdict, severity, driftedResources, differences, newDifferences } = job;
  return {
    ...{ id, driftDetectionId, status, kind, trigger, startedAt, completedAt },
    ...{ driftStatus, verdict, severity, driftedResources, differences, newDifferences },
    queuedAt: createdAt,
    durationMs: startedAt && completedAt && completedAt.getTime() - startedAt.getTime(),
    coverage: job.coverage as Coverage | null,
    failure: failureOf(job),
  };
}

function resourceView(
  found: JudgedResource,
  place: { region: string; stackId: string },
  inventory: Map<string, string>,
): ResourceDrift {
  const { logicalId, physicalId, type, driftStatus, reason, checkedAt, severity } = found;
  const { expected, actual, differences, ignoredBy, isNew } = found;
  return {
    ...{ logicalId, physicalId, type, driftStatus, reason, checkedAt, severity },
    ...{ expected, actual, differences, ignoredBy, isNew },
    console: consoleLink(found, place),
    resourceId: (physicalId && inventory.get(`${type} ${physicalId}`)) ?? null,
  };
}

/** Inventory's rows of what the stack holds, by type and physical id. */
async function inventoryOf(tx: TenantTx, accountId: string, resources: JudgedResource[]): Promise<Map<string, string>> {
  const where: Prisma.ResourceWhereInput = {
    accountId,
    nativeId: { in: resources.flatMap(({ physicalId }) => physicalId ?? []) },
  };
  const rows = await tx.resource.findMany({ where, select: { id: true, type: true, nativeId: true } });
  return new Map(rows.map(({ id, type, nativeId }) => [`${type} ${nativeId}`, id]));
}
