import { cloudformationStack } from "../aws/collectors/cloudformation-stack";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { notFound } from "../errors";
import { verdictSentence } from "./coverage";
import { detailOf, summariesOf } from "./detection-views";
import { eligibilityOf } from "./eligibility";
import { ancestorsOf, nestedIn } from "./family";
import { severities, type DriftScope, type StackListInput } from "./filter";
import { liveJobs } from "./job-views";
import { scheduleOf } from "./schedules";
import { rankOf, worst } from "./severity";
import { readStackCursor, writeStackCursor } from "./stack-cursor";
import { countStacks, pageOfStacks, stacksByIds, stacksIn, type StoredStack } from "./stack-queries";
import type {
  DriftJobView,
  DriftVerdict,
  NestedStacks,
  StackDetail,
  StackDrift,
  StackFacets,
  StackPage,
  StackRow,
} from "./views";

/** A page of stacks, nested ones folded under their roots or each for itself. BAD_REQUEST for a wrong cursor. */
export async function listStacks(ctx: RoomContext, input: StackListInput): Promise<StackPage> {
  const { filter, sort, direction, isFolded, limit } = input;
  const cursor = input.cursor ? readStackCursor(input.cursor, { sort, direction }) : null;
  return forTenant(ctx.tenantId, async (tx) => {
    const found = await pageOfStacks(tx, { filter, sort, direction, isFolded, cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const ids = page.map(({ id }) => id);
    const all = await stacksByIds(tx, ids, { nested: isFolded });
    const jobs = await liveJobs(
      tx,
      all.map(({ id }) => id),
    );
    const rows = new Map(all.map((stack) => [stack.id, rowOf(stack, isFolded ? all : [], jobs)]));
    const inScope = await stacksIn(tx, {});
    const scoped = inScope.filter(
      ({ accountId, region }) =>
        (!filter.accountIds?.length || filter.accountIds.includes(accountId)) &&
        (!filter.regions?.length || filter.regions.includes(region)),
    );
    return {
      rows: ids.flatMap((id) => rows.get(id) ?? []),
      nextCursor:
        found.length > limit && last ? writeStackCursor({ sort, direction, value: last.sortValue, id: last.id }) : null,
      total: await countStacks(tx, filter, isFolded),
      stacks: { total: scoped.length, neverDetected: scoped.filter(({ source }) => source === "none").length },
      isPartial: await isPartlyRead(tx, filter),
    };
  });
}

/** Counts for the filters. */
export async function stackFacets(ctx: RoomContext, scope: DriftScope): Promise<StackFacets> {
  const stacks = await forTenant(ctx.tenantId, (tx) => stacksIn(tx, scope));
  const counts = <Key extends string>(key: (stack: StoredStack) => Key | null) => {
    const sums = new Map<Key, number>();
    for (const stack of stacks) {
      const value = key(stack);
      if (value !== null) sums.set(value, (sums.get(value) ?? 0) + 1);
    }
    return [...sums].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  };
  const accounts = new Map(stacks.map((stack) => [stack.accountId, stack]));
  const bySeverity = new Map(counts(({ severity }) => severity));
  return {
    accounts: counts(({ accountId }) => accountId).flatMap(([accountId, count]) => {
      const account = accounts.get(accountId);
      return account ? { accountId, awsAccountId: account.awsAccountId, name: account.accountName, count } : [];
    }),
    regions: counts(({ region }) => region).map(([region, count]) => ({ region, count })),
    statuses: counts(({ status }) => status).map(([status, count]) => ({ status, count })),
    verdicts: counts(({ verdict }) => verdict).map(([verdict, count]) => ({ verdict, count })),
    driftStatuses: counts(({ driftStatus }) => driftStatus).map(([driftStatus, count]) => ({ driftStatus, count })),
    severities: severities.flatMap((severity) => {
      const count = bySeverity.get(severity);
      return count ? { severity, count } : [];
    }),
  };
}

/** One stack with its latest detection and its timeline. NOT_FOUND for another tenant's and a random id alike. */
export async function stackById(ctx: RoomContext, { stackId }: { stackId: string }): Promise<StackDetail> {
  return forTenant(ctx.tenantId, async (tx) => {
    const [found] = await stacksByIds(tx, [stackId]);
    if (!found) throw notFound("This stack");
    const family = await stacksByIds(tx, [found.rootId], { nested: true });
    const jobs = await liveJobs(
      tx,
      family.map(({ id }) => id),
    );
    const consoleUrl = cloudformationStack.consoleUrl({
      nativeId: found.stackId,
      arn: found.stackId,
      region: found.region,
    })!;
    return {
      ...rowOf(found, family, jobs),
      consoleUrl,
      driftConsoleUrl: consoleUrl.replace("/stacks/stackinfo", "/stacks/drifts"),
      statusReason: found.statusReason,
      ancestors: ancestorsOf(found, family).map(({ id, stackName }) => ({ id, stackName })),
      detection: found.detectionId ? await detailOf(tx, found.detectionId) : null,
      history: await summariesOf(tx, { stackId, limit: 20 }),
      schedule: await scheduleOf(tx, found.accountId),
    };
  });
}

/** `family`: the stacks among which its nested ones are. */
function rowOf(stack: StoredStack, family: StoredStack[], jobs: Map<string, DriftJobView>): StackRow {
  return { ...plainRow(stack, jobs), nested: nestedOf(stack, family, jobs) };
}

function plainRow(stack: StoredStack, jobs: Map<string, DriftJobView>): Omit<StackRow, "nested"> {
  const { id, stackName, stackId, accountId, awsAccountId, accountName, region, status, description, tags } = stack;
  const { createdAt, updatedAt, seenAt, parentId } = stack;
  return {
    ...{ id, stackName, stackId, accountId, awsAccountId, accountName, region, status, description, tags },
    ...{ createdAt, updatedAt, seenAt, parentId },
    eligibility: eligibilityOf({ status, isGone: false }),
    drift: driftOf(stack),
    job: jobs.get(id) ?? null,
  };
}

export function driftOf(stack: StoredStack): StackDrift {
  const { driftStatus: status, source, asOf, verdict, coverage, severity, detectionId } = stack;
  const { driftedResources, openDifferences, ignoredDifferences, newDifferences } = stack;
  return {
    ...{ status, source, asOf, verdict, coverage, severity, detectionId },
    ...{ driftedResources, openDifferences, ignoredDifferences, newDifferences },
    sentence: verdictSentence(verdict, coverage, { drifted: driftedResources ?? 0, ignored: ignoredDifferences ?? 0 }),
  };
}

function nestedOf(root: StoredStack, family: StoredStack[], jobs: Map<string, DriftJobView>): NestedStacks | null {
  const stacks = nestedIn(root, family).map(({ stack, depth }) => ({ ...plainRow(stack, jobs), depth }));
  if (stacks.length === 0) return null;
  const all = [driftOf(root), ...stacks.map(({ drift }) => drift)];
  const counted = all.flatMap(({ driftedResources }) => driftedResources ?? []);
  return {
    count: stacks.length,
    worstVerdict: all.map(({ verdict }) => verdict).sort((a, b) => verdictRank(b) - verdictRank(a))[0]!,
    worstSeverity: worst(all.map(({ severity }) => severity)),
    driftedResources: counted.length > 0 ? counted.reduce((sum, count) => sum + count, 0) : null,
    stacks,
  };
}

/** As the list's own order has them. */
const byRank: DriftVerdict[] = [
  "IN_SYNC",
  "NOTHING_CHECKABLE",
  "NOT_CHECKED",
  "ALL_IGNORED",
  "UNVERIFIED",
  "PARTIAL",
  "DRIFTED",
];
const verdictRank = (verdict: DriftVerdict) => byRank.indexOf(verdict);

async function isPartlyRead(tx: TenantTx, { accountIds, regions }: StackListInput["filter"]): Promise<boolean> {
  const unread = await tx.scanCell.count({
    where: {
      type: cloudformationStack.type,
      ...(accountIds?.length && { accountId: { in: accountIds } }),
      ...(regions?.length && { region: { in: regions } }),
      OR: [{ lastSuccessAt: null }, { failureKind: { not: null } }],
    },
  });
  return unread > 0;
}

/** The worst first. */
export function worstFirst(a: StoredStack, b: StoredStack): number {
  return rankOf(b.severity) - rankOf(a.severity) || verdictRank(b.verdict) - verdictRank(a.verdict);
}
