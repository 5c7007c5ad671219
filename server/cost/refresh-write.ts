import type { CostPageBody, ForecastDayBody } from "../aws/cost-explorer";
import type { Failure } from "../aws/failure";
import type { ClaimedRefresh } from "../db/claim-cost";
import { forTenant, type TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { LeaseLost } from "../db/lease-lost";
import { metrics } from "../metrics";
import { entryChanges, type Entry } from "./entry-changes";
import { groupBy } from "./parts";
import { dayOf } from "./range";
import { entriesOf, groupings, monthsOf, type Grouping, type RefreshProgress } from "./refresh-plan";
import { nextSlot } from "./schedule";
import { keepForecasts } from "./kept-forecasts";
import {
  deleteEntries,
  insertRestatements,
  storedEntries,
  sumMonth,
  upsertDays,
  upsertEntries,
  upsertLinked,
} from "./write-queries";

/**
 * Writes what the pages of a refresh say, a calendar month a transaction: whoever looks sees a month as it was or as it
 * is, and a refresh that is killed here writes the same months again. Then a forecast of each account is made of them and kept, for as
 * long as `signal` lets it: whoever goes on makes those that are missing. The pages go when all is done.
 */
export async function writeRefresh(
  refresh: ClaimedRefresh,
  awsAccountId: string,
  progress: RefreshProgress,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, accountId } = refresh;
  const pages = await forTenant(tenantId, (tx) =>
    tx.costPage.findMany({ where: { accountId }, orderBy: { page: "asc" } }),
  );
  if (progress.step === "WRITE") await writeMonths(refresh, awsAccountId, progress, pages);
  // Only this room writes the bodies, each step its own shape.
  const told = pages.find(({ step }) => step === "FORECAST")?.body as unknown as ForecastBody | undefined;
  await keepForecasts(refresh, {
    aws: told && "days" in told ? told.days : null,
    madeAt: new Date(progress.readAt),
    signal,
    underFence: (work) => underFence(refresh, work),
  });
  await endRefresh(refresh, { outcome: "READ", dueAt: nextSlot(new Date()), progress: "drop" });
  metrics.jobEnds.inc({ job: "costs", outcome: "ok" });
}

async function writeMonths(
  refresh: ClaimedRefresh,
  awsAccountId: string,
  progress: RefreshProgress,
  pages: { step: string; body: unknown }[],
): Promise<void> {
  const isGrouping = (step: string): step is Grouping => step in groupings;
  const bodies = pages.flatMap(({ step, body }) =>
    isGrouping(step) ? [{ grouping: step, body: body as CostPageBody }] : [],
  );
  const entries = bodies.flatMap(({ grouping, body }) => entriesOf(grouping, body, awsAccountId));
  const days = [...new Map(bodies.flatMap(({ body }) => body.days).map((day) => [day.day, day])).values()];
  const names = Object.assign({}, ...bodies.map(({ body }) => body.names)) as Record<string, string>;

  const readAt = new Date(progress.readAt);
  for (const month of monthsOf(progress)) {
    const within = (day: string) => day >= month.start && day < month.end;
    await underFence(refresh, (tx) =>
      writeMonth(tx, refresh, month, {
        entries: entries.filter(({ date }) => within(date)),
        days: days.filter(({ day }) => within(day)),
        awsAccountId,
        names,
        readAt,
      }),
    );
  }
  const written: RefreshProgress = { ...progress, step: "KEEP" };
  await underFence(refresh, async (tx) => {
    const data = { progress: { ...written }, lastSuccessAt: readAt };
    await tx.costRefresh.update({ where: { accountId: refresh.accountId }, data });
  });
}

type ForecastBody = { days: ForecastDayBody[] } | { failure: Failure };

interface ReadMonth {
  entries: Entry[];
  days: { day: string; isEstimated: boolean }[];
  awsAccountId: string;
  names: Record<string, string>;
  readAt: Date;
}

async function writeMonth(
  tx: TenantTx,
  owner: ClaimedRefresh,
  month: { start: string; end: string },
  { entries, days, awsAccountId, names, readAt }: ReadMonth,
): Promise<void> {
  if (days.length === 0) return;
  const read = await tx.costDay.findMany({
    where: { accountId: owner.accountId, date: { gte: new Date(month.start), lt: new Date(month.end) } },
  });
  const changes = entryChanges(
    await storedEntries(tx, owner, month),
    entries,
    new Map(read.map((day) => [dayOf(day.date), day.readAt])),
  );
  await upsertEntries(tx, owner, changes.write);
  await deleteEntries(tx, owner, changes.remove);
  await insertRestatements(tx, owner, changes.restated, readAt);
  await upsertDays(tx, owner, days, readAt);
  await upsertLinked(tx, owner, linkedOf(entries, days, awsAccountId, names));
  await sumMonth(tx, owner, `${month.start.slice(0, 8)}01`);
}

function linkedOf(
  entries: Entry[],
  days: { day: string }[],
  own: string,
  names: Record<string, string>,
): { awsAccountId: string; name: string | null; isOwn: boolean; firstDay: string; lastDay: string }[] {
  const told = entries.filter(({ grouping }) => grouping === "SERVICE_ACCOUNT");
  const byAccount = groupBy(told, ({ awsAccountId }) => awsAccountId);
  // Of itself every day is told, also those on which it cost nothing.
  const spans = new Map([...byAccount].map(([id, rows]) => [id, rows.map(({ date }) => date)]));
  spans.set(
    own,
    days.map(({ day }) => day),
  );
  return [...spans].map(([awsAccountId, dates]) => {
    const sorted = [...dates].sort();
    return {
      awsAccountId,
      name: names[awsAccountId] ?? null,
      isOwn: awsAccountId === own,
      firstDay: sorted[0]!,
      lastDay: sorted.at(-1)!,
    };
  });
}

export interface RefreshEnd {
  outcome: "READ" | "COVERED" | "CAPPED" | "FAILED";
  failure?: Failure;
  dueAt: Date;
  /** A kept one is gone on with; a dropped one begins anew. */
  progress: "keep" | "drop";
}

/** Says how a refresh ended and lets go of its row. Throws LeaseLost where the fence no longer fits. */
export function endRefresh(refresh: ClaimedRefresh, end: RefreshEnd): Promise<void> {
  return forTenant(refresh.tenantId, (tx) => endRefreshIn(tx, refresh, end));
}

export async function endRefreshIn(
  tx: TenantTx,
  { accountId, fence }: Pick<ClaimedRefresh, "accountId" | "fence">,
  { outcome, failure, dueAt, progress }: RefreshEnd,
): Promise<void> {
  const { count } = await tx.costRefresh.updateMany({
    where: { accountId, fence },
    data: {
      outcome,
      dueAt,
      failure: failure ? { ...failure } : Prisma.DbNull,
      finishedAt: new Date(),
      leaseUntil: null,
      // Whatever comes next comes by the clock.
      traceparent: null,
      ...(progress === "drop" && { progress: Prisma.DbNull }),
      // What is tried again soon waits longer each time.
      ...((outcome !== "FAILED" || progress === "drop") && { attempts: 0 }),
    },
  });
  if (count === 0) throw new LeaseLost();
  if (progress === "drop") await tx.costPage.deleteMany({ where: { accountId } });
}

/** Runs `work` while the row is held: taking it over waits for the end, and whoever has lost it writes nothing. */
async function underFence(refresh: ClaimedRefresh, work: (tx: TenantTx) => Promise<void>): Promise<void> {
  const { tenantId, accountId, fence } = refresh;
  await forTenant(tenantId, async (tx) => {
    const { count } = await tx.costRefresh.updateMany({ where: { accountId, fence }, data: { finishedAt: null } });
    if (count === 0) throw new LeaseLost();
    await work(tx);
  });
}
