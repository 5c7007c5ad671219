import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { notFound } from "../errors";
import { byDayAccountAndService, costVersion, daysOf } from "./entry-queries";
import { anomalies } from "./figures/anomalies";
import type { AnomaliesInput, DismissInput } from "./input";
import { amount, dollars } from "./money";
import { groupBy } from "./parts";
import { addDays, dayOf, range } from "./range";
import { sourcesOf } from "./refresh-service";
import { rememberedRead } from "./remembered";
import { accountNamed, knownAccounts, resolveScope, type KnownAccount } from "./scope";
import type { CostAnomaliesView, CostAnomaly, CostRange } from "./views";

/** What is usual is learned from so many days: half a year of months' ends, and no growth that is over. */
const LEARNED_DAYS = 190;

/** Days and services outside their own pattern, the dearest first; what a person put aside comes with the reason. */
export async function costAnomalies(
  ctx: RoomContext,
  { accountIds, withinDays }: AnomaliesInput,
  now = new Date(),
): Promise<CostAnomaliesView> {
  const since = addDays(dayOf(now), -withinDays);
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, known);
    const sources = await sourcesOf(tx, awsAccountIds, now);
    return {
      since,
      unit: "USD",
      anomalies: await findAnomalies(tx, { known, awsAccountIds, since, sourceIds: sources.accountIds }, now),
      freshness: sources.freshness,
    };
  });
}

interface Question {
  known: KnownAccount[];
  awsAccountIds: string[] | null;
  since: string;
  /** The connected accounts whose days were read. */
  sourceIds: string[];
}

/** The anomalies of each account since a day, dismissed ones included. */
export async function findAnomalies(
  tx: TenantTx,
  { known, awsAccountIds, since, sourceIds }: Question,
  now: Date,
): Promise<CostAnomaly[]> {
  // Today is not over: what it cost so far is outside any pattern.
  const learned = range(addDays(dayOf(now), -LEARNED_DAYS), dayOf(now));
  const dismissed = await tx.dismissal.findMany({ where: { firstDay: { gte: new Date(learned.start) } } });
  // Half a year of every service's days is by far the most that a look would read.
  const version = { learned, since, awsAccountIds, sourceIds, written: await costVersion(tx, learned) };
  const found = await rememberedRead("anomalies", version, async () => {
    const query = { range: learned, awsAccountIds, services: null, metric: "unblended" as const };
    const rows = await byDayAccountAndService(tx, query);
    const readOf = await daysReadOf(tx, learned, sourceIds);
    return [...groupBy(rows, ({ awsAccountId }) => awsAccountId)].flatMap(([awsAccountId, ofAccount]) =>
      anomalies(ofAccount, { readDays: readOf.get(awsAccountId) ?? [], since }).map((each) => ({
        ...each,
        awsAccountId,
      })),
    );
  });
  return found
    .map((anomaly) => {
      const { awsAccountId, service, firstDay } = anomaly;
      const dismissal = dismissed.find(
        (each) => each.awsAccountId === awsAccountId && each.service === service && dayOf(each.firstDay) === firstDay,
      );
      const accountName = known.find((account) => account.awsAccountId === awsAccountId)?.name ?? awsAccountId;
      return { ...anomaly, accountName, dismissal: dismissal ?? null };
    })
    .sort((a, b) => amount(b.over).comparedTo(a.over))
    .map(({ dismissal, ...found }) => ({
      ...found,
      ...shown(found),
      days: found.days.map((day) => ({ day: day.day, ...shown(day) })),
      dismissal: dismissal && { id: dismissal.id, reason: dismissal.reason, dismissedAt: dismissal.dismissedAt },
    }));
}

/** Of each linked account the days that were read of it, by itself or by its payer. */
async function daysReadOf(tx: TenantTx, { start, end }: Pick<CostRange, "start" | "end">, sourceIds: string[]) {
  const told = await tx.costLinked.findMany({ where: { accountId: { in: sourceIds } } });
  const read = groupBy(await daysOf(tx, { start, end }, sourceIds), ({ accountId }) => accountId);
  return new Map(
    [...groupBy(told, ({ awsAccountId }) => awsAccountId)].map(([awsAccountId, tellers]) => {
      const days = new Map<string, boolean>();
      for (const { day, isEstimated } of tellers.flatMap(({ accountId }) => read.get(accountId) ?? []))
        days.set(day, isEstimated || days.get(day) === true);
      return [awsAccountId, [...days].map(([day, isEstimated]) => ({ day, isEstimated }))];
    }),
  );
}

function shown(figures: { amount: string; expected: string; over: string }) {
  return {
    amount: dollars(figures.amount),
    expected: dollars(figures.expected),
    over: dollars(figures.over),
  };
}

/** Puts an anomaly aside, with why. Again with another reason: the last one counts. */
export async function dismissAnomaly(
  ctx: RoomContext,
  { awsAccountId, service, firstDay, reason }: DismissInput,
): Promise<{ dismissalId: string }> {
  return forTenant(ctx.tenantId, async (tx) => {
    accountNamed(await knownAccounts(tx), awsAccountId, "awsAccountId");
    const key = { tenantId: ctx.tenantId, awsAccountId, service, firstDay: new Date(firstDay) };
    const why = { reason, clerkUserId: ctx.clerkUserId, dismissedAt: new Date() };
    const { id } = await tx.dismissal.upsert({
      where: { tenantId_awsAccountId_service_firstDay: key },
      create: { ...key, ...why },
      update: why,
    });
    const target = `${service} of ${awsAccountId} on ${firstDay}`;
    await record(tx, ctx, { action: "cost.dismiss", targetId: id, target, detail: { reason } });
    return { dismissalId: id };
  });
}

export async function restoreAnomaly(ctx: RoomContext, { dismissalId }: { dismissalId: string }): Promise<void> {
  await forTenant(ctx.tenantId, async (tx) => {
    const dismissal = await tx.dismissal.findUnique({ where: { id: dismissalId } });
    const { count } = await tx.dismissal.deleteMany({ where: { id: dismissalId } });
    if (!dismissal || count === 0) throw notFound("This dismissal");
    const target = `${dismissal.service} of ${dismissal.awsAccountId} on ${dayOf(dismissal.firstDay)}`;
    await record(tx, ctx, { action: "cost.restore", targetId: dismissalId, target });
  });
}
