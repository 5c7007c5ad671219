import type { TenantTx } from "../db/client";
import { byDay, daysRead } from "./entry-queries";
import type { DayAmount } from "./figures/days";
import { stillRead } from "./freshness";
import type { CostMetric } from "./input";
import { sum } from "./money";
import { addDays, dayOf, historyStart, monthStart } from "./range";
import type { ResolvedScope } from "./scope";

/** What was spent by the day, of the accounts that are still read: one that is read no longer holds up none of the others. */
export interface CostHistory {
  /**
   * Every day that was read, with what it cost: a day that is absent was not read, one without cost says "0", and one that not all
   * of the accounts were read of is partial.
   */
  days: DayAmount[];
  /** The connected accounts that tell it. */
  tellers: string[];
  /** The linked accounts that it is of; null: all that were asked for. */
  awsAccountIds: string[] | null;
  /** The linked accounts that were asked for and are read no longer, and what they cost this month as far as it was read. */
  leftOut: string[];
  leftOutThisMonth: string;
}

/** Of what `scope` asks for, as told by the connected accounts `sourceIds`. */
export async function historyOf(
  tx: TenantTx,
  scope: ResolvedScope,
  sourceIds: string[],
  now: Date,
  metric: CostMetric = "unblended",
): Promise<CostHistory> {
  const today = dayOf(now);
  const range = { start: historyStart(now), end: addDays(today, 1) };
  const { tellers, awsAccountIds, leftOut } = await readersOf(tx, scope, sourceIds);
  const amounts = await byDay(tx, { ...scope, awsAccountIds, range, metric });
  const amountOn = new Map(amounts.map(({ day, amount }) => [day, amount]));
  const read = await daysRead(tx, range, tellers);
  const month = { start: monthStart(today), end: range.end };
  const besides = leftOut.length > 0 ? await byDay(tx, { ...scope, awsAccountIds: leftOut, range: month, metric }) : [];
  return {
    days: read.map(({ day, isEstimated, accounts }) => ({
      day,
      isEstimated,
      isPartial: accounts < tellers.length,
      amount: amountOn.get(day) ?? "0",
    })),
    tellers,
    awsAccountIds,
    leftOut,
    leftOutThisMonth: sum(besides.map(({ amount }) => amount)).toString(),
  };
}

/** Of the accounts that `scope` asks for those that are still read, or were to the day `until`, by whom, and those that were not. */
export async function readersOf(
  tx: TenantTx,
  scope: ResolvedScope,
  sourceIds: string[],
  until?: string,
): Promise<Pick<CostHistory, "tellers" | "awsAccountIds" | "leftOut">> {
  const linked = await tx.costLinked.findMany({ where: { accountId: { in: sourceIds } } });
  const tellers = stillRead(
    linked.flatMap(({ accountId, isOwn, lastDay }) => (isOwn ? [{ accountId, lastDay: dayOf(lastDay) }] : [])),
    until,
  );
  const told = new Set(
    linked.flatMap(({ accountId, awsAccountId }) => (tellers.includes(accountId) ? awsAccountId : [])),
  );
  const asked = [...new Set(linked.map(({ awsAccountId }) => awsAccountId))].filter(
    (id) => scope.awsAccountIds?.includes(id) ?? true,
  );
  const leftOut = asked.filter((id) => !told.has(id));
  const awsAccountIds = leftOut.length > 0 ? asked.filter((id) => told.has(id)) : scope.awsAccountIds;
  return { tellers, awsAccountIds, leftOut };
}

/** What the running month has cost, with all decimals, as far as it was read of any account; null where no day of it was. */
export function monthToDate({ days, leftOutThisMonth }: CostHistory, today: string): string | null {
  const month = days.filter(({ day }) => day >= monthStart(today));
  return month.length > 0 ? sum([...month.map(({ amount }) => amount), leftOutThisMonth]).toString() : null;
}
