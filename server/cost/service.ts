import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { byAccountAndService, byDayAndService, daysRead, restatedDays, type CostQuery } from "./entry-queries";
import { readersOf } from "./history";
import type { SummaryInput, TrendsInput } from "./input";
import { dollars, sum } from "./money";
import { groupBy, partsOf, stack, sumBy } from "./parts";
import { bucketsOf, dayOf, daysBetween, daysThatAreOver, previousOf, rangeOf } from "./range";
import { partsIn, regionsOf } from "./regions";
import { sourcesOf } from "./refresh-service";
import { knownAccounts, namesOf, resolveScope, type KnownAccount } from "./scope";
import { change, moversOf } from "./trend";
import type { CostAccountPart, CostServicePart, CostSummaryView, CostTrendsView } from "./views";

/** What was spent in a range, by service, account, region and time. Throws BAD_REQUEST or NOT_FOUND with the field at fault. */
export async function costSummary(ctx: RoomContext, input: SummaryInput, now = new Date()): Promise<CostSummaryView> {
  const asked = rangeOf(input, now);
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const scope = await resolveScope(tx, input, known);
    const query: CostQuery = { range: asked, ...scope, metric: input.metric };
    const { freshness, accountIds } = await sourcesOf(tx, scope.awsAccountIds, now);
    const read = await daysRead(tx, asked, accountIds);
    const byDay = await byDayAndService(tx, query);
    const byAccount = await byAccountAndService(tx, query);
    const total = sum(byDay.map(({ amount }) => amount));
    const regions = await regionsOf(tx, query, total);
    const readDays = read.map(({ accounts, ...day }) => ({ ...day, isWhole: accounts === accountIds.length }));
    return {
      range: asked,
      granularity: input.granularity,
      metric: input.metric,
      unit: "USD",
      total: read.length > 0 ? dollars(total) : null,
      services: servicesOf(byAccount, regions.byService, known),
      accounts: accountParts(byAccount, known),
      regions: regions.parts,
      regionsReason: regions.reason,
      ...stack(byDay, bucketsOf(asked, input.granularity), readDays, dayOf(now)),
      restated: (await restatedDays(tx, query)).map((day) => ({ ...day, moved: dollars(day.moved) })),
      freshness,
    };
  });
}

/** This period against the one before, and what moved it: whole days against whole days. */
export async function costTrends(ctx: RoomContext, input: TrendsInput, now = new Date()): Promise<CostTrendsView> {
  const today = dayOf(now);
  const current = daysThatAreOver(rangeOf(input, now), today);
  const previous = previousOf(current, input.compareWith);
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const scope = await resolveScope(tx, input, known);
    const { freshness, accountIds } = await sourcesOf(tx, scope.awsAccountIds, now);
    // Of the same accounts: one that is read no longer has saved nothing.
    const { tellers, awsAccountIds, leftOut } = await readersOf(tx, scope, accountIds, current.lastDay);
    const query = { ...scope, awsAccountIds, metric: input.metric };
    const later = await periodOf(tx, { ...query, range: current }, tellers, today);
    const before = await periodOf(tx, { ...query, range: previous }, tellers, today);
    return {
      metric: input.metric,
      unit: "USD",
      granularity: input.granularity,
      compareWith: input.compareWith,
      current: { range: current, amount: later.total && dollars(later.total) },
      previous: { range: previous, amount: before.total && dollars(before.total) },
      change: later.total && before.total && change(later.total, before.total),
      isRunning: current.end > today,
      unreadDays: later.unreadDays + before.unreadDays,
      leftOut: namesOf(known, leftOut),
      movers: {
        services: moversOf(later.services, before.services),
        accounts: moversOf(later.accounts, before.accounts, (id) => nameOf(known, id)),
      },
      freshness,
    };
  });
}

/** What a range cost in all (null: no day of it was read), by service and by account. */
async function periodOf(tx: TenantTx, query: CostQuery, accountIds: string[], today: string) {
  const rows = await byAccountAndService(tx, query);
  const read = await daysRead(tx, query.range, accountIds);
  const whole = read.filter(({ accounts, day }) => accounts === accountIds.length && day < today).length;
  const past = Math.max(0, daysBetween(query.range.start, query.range.end < today ? query.range.end : today));
  return {
    total: read.length > 0 ? sum(rows.map(({ amount }) => amount)) : null,
    services: sumBy(rows, ({ service }) => service),
    accounts: sumBy(rows, ({ awsAccountId }) => awsAccountId),
    unreadDays: past - whole,
  };
}

type AccountRow = { awsAccountId: string; service: string; amount: string };

function servicesOf(
  rows: AccountRow[],
  regions: Awaited<ReturnType<typeof regionsOf>>["byService"],
  known: KnownAccount[],
): CostServicePart[] {
  const byService = groupBy(rows, ({ service }) => service);
  const sums = sumBy(rows, ({ service }) => service);
  return partsOf(sums).map((part) => ({
    ...part,
    accounts: accountParts(byService.get(part.key) ?? [], known, part.amount),
    regions: regions && partsIn(regions.get(part.key) ?? [], sums.get(part.key)!, part.amount),
  }));
}

/** `shown` is how their total stands on the screen already. */
function accountParts(rows: AccountRow[], known: KnownAccount[], shown?: string): CostAccountPart[] {
  const sums = sumBy(rows, ({ awsAccountId }) => awsAccountId);
  return partsOf(sums, { label: (id) => nameOf(known, id), shown }).map((part) => ({
    ...part,
    awsAccountId: part.key,
    accountId: known.find(({ awsAccountId }) => awsAccountId === part.key)?.accountId ?? null,
  }));
}

function nameOf(known: KnownAccount[], id: string): string {
  return known.find(({ awsAccountId }) => awsAccountId === id)?.name ?? id;
}
