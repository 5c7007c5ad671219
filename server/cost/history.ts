import type { TenantTx } from "../db/client";
import { byDay, daysRead } from "./entry-queries";
import type { DayAmount } from "./figures/days";
import { addDays, dayOf, historyStart } from "./range";
import type { ResolvedScope } from "./scope";

/**
 * Every day that was read of all of `accountIds`, with what it cost: a day that is absent was not read, and a day without
 * cost says "0". UnblendedCost, as budgets and AWS's own forecast go by it.
 */
export async function historyOf(
  tx: TenantTx,
  scope: ResolvedScope,
  accountIds: string[],
  now: Date,
): Promise<DayAmount[]> {
  const range = { start: historyStart(now), end: addDays(dayOf(now), 1) };
  const amounts = await byDay(tx, { ...scope, range, metric: "unblended" });
  const amountOn = new Map(amounts.map(({ day, amount }) => [day, amount]));
  const read = await daysRead(tx, range, accountIds);
  return read
    .filter(({ accounts }) => accounts === accountIds.length)
    .map(({ day, isEstimated }) => ({ day, isEstimated, amount: amountOn.get(day) ?? "0" }));
}
