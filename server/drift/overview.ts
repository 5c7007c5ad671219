import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { eligibilityOf } from "./eligibility";
import { severities, verdicts, type DriftScope } from "./filter";
import type { StoredStack } from "./stack-queries";
import { stacksIn } from "./stack-queries";
import { driftOf, worstFirst } from "./stacks";
import { trendOf, type Ended } from "./trend";
import type { DriftOverview } from "./views";

const DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;

/** Drift in the scope: by severity, what was covered, and the last 30 days. */
export async function driftOverview(ctx: RoomContext, scope: DriftScope): Promise<DriftOverview> {
  const now = new Date();
  return forTenant(ctx.tenantId, async (tx) => {
    const stacks = await stacksIn(tx, scope);
    const ids = stacks.map(({ id }) => id);
    const { running, ended } = await underWay(tx, ids);
    const counted = (keep: (stack: StoredStack) => boolean) => stacks.filter(keep).length;
    const neverDetected = counted(({ source }) => source === "none");
    return {
      stacks: {
        total: stacks.length,
        neverDetected,
        running,
        ended,
        ineligible: counted(({ status }) => !eligibilityOf({ status, isGone: false }).isEligible),
      },
      verdicts: verdicts
        .map((verdict) => ({ verdict, count: counted((stack) => stack.verdict === verdict) }))
        .filter(({ count }) => count > 0),
      bySeverity: severities.map((severity) => ({ severity, stacks: counted((stack) => stack.severity === severity) })),
      coverage: coverageSum(stacks),
      ignoredDifferences: stacks.reduce((sum, { ignoredDifferences }) => sum + (ignoredDifferences ?? 0), 0),
      trend: trendOf(stacks, await endedDetections(tx, ids, new Date(now.getTime() - DAYS * DAY_MS)), now, DAYS),
      asOf: neverDetected > 0 ? null : oldest(stacks.flatMap(({ asOf }) => asOf ?? [])),
      worst: stacks
        .filter(({ severity }) => severity !== null)
        .sort(worstFirst)
        .slice(0, 5)
        .map((stack) => ({
          id: stack.id,
          stackName: stack.stackName,
          awsAccountId: stack.awsAccountId,
          region: stack.region,
          severity: stack.severity!,
          sentence: driftOf(stack).sentence,
        })),
    };
  });
}

/** The detections under way, and how many of the same lot have ended: what was asked for at once has one time of asking. */
async function underWay(tx: TenantTx, stackIds: string[]): Promise<{ running: number; ended: number }> {
  const isLive = { in: ["QUEUED" as const, "DETECTION_IN_PROGRESS" as const] };
  const { _count: running, _min: oldest } = await tx.driftDetectionJob.aggregate({
    where: { stackId: { in: stackIds }, status: isLive },
    _count: true,
    _min: { createdAt: true },
  });
  if (!oldest.createdAt) return { running, ended: 0 };
  const where = { stackId: { in: stackIds }, createdAt: { gte: oldest.createdAt }, NOT: { status: isLive } };
  return { running, ended: await tx.driftDetectionJob.count({ where }) };
}

/** Null where no stack was ever detected: nothing is known, which is no zero. */
function coverageSum(stacks: StoredStack[]): DriftOverview["coverage"] {
  const known = stacks.flatMap(({ coverage }) => coverage ?? []);
  if (known.length === 0) return null;
  const sum = (of: "total" | "checked" | "unknown" | "unsupported") => known.reduce((all, one) => all + one[of], 0);
  return {
    stacksCounted: known.length,
    stacksTotal: stacks.length,
    resourcesTotal: sum("total"),
    resourcesChecked: sum("checked"),
    resourcesUnknown: sum("unknown"),
    resourcesUnsupported: sum("unsupported"),
  };
}

/** The detections with a verdict since then, and of each stack the last one before. */
async function endedDetections(tx: TenantTx, stackIds: string[], since: Date): Promise<Ended[]> {
  const select = { stackId: true, completedAt: true, verdict: true };
  const where = { stackId: { in: stackIds }, verdict: { not: null } };
  const recent = await tx.driftDetectionJob.findMany({ where: { ...where, completedAt: { gte: since } }, select });
  const before = await tx.driftDetectionJob.findMany({
    where: { ...where, completedAt: { lt: since } },
    select,
    distinct: ["stackId"],
    orderBy: { completedAt: "desc" },
  });
  return [...before, ...recent].flatMap(({ stackId, completedAt, verdict }) =>
    stackId && completedAt && verdict ? { stackId, completedAt, verdict } : [],
  );
}

function oldest(dates: Date[]): Date | null {
  return dates.length > 0 ? new Date(Math.min(...dates.map((date) => date.getTime()))) : null;
}
