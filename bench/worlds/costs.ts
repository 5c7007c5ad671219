/** Stored costs against what the simulated AWS itself sums, and the state from before anything was read. */
import type { CostTruth } from "../../demo/aws/cost-truth";
import { forTenant, type TenantId } from "../../server/db/client";
import { Prisma } from "../../server/db/generated/client";
import { summaryInput } from "../../server/cost/input";
import { amount, dollars, sum } from "../../server/cost/money";
import { addDays, dayOf, historyStart } from "../../server/cost/range";
import { costSummary } from "../../server/cost/service";
import type { RoomContext } from "../../server/context";

/**
 * Forgets all costs of a tenant, and makes the refreshes of `accountIds` due, the first one first. What asking has cost nobody can
 * forget, so the month's cap is raised as far as it goes.
 */
export function neverRead(tenantId: TenantId, accountIds: readonly string[]): Promise<void> {
  return forTenant(tenantId, async (tx) => {
    await tx.costEntry.deleteMany();
    await tx.costDay.deleteMany();
    await tx.costLinked.deleteMany();
    await tx.costSummary.deleteMany();
    await tx.costRestatement.deleteMany();
    await tx.costPage.deleteMany();
    await tx.forecast.deleteMany();
    await tx.forecastScore.deleteMany();
    const never = { leaseUntil: null, lastSuccessAt: null, startedAt: null, outcome: null, failure: Prisma.DbNull };
    await tx.costRefresh.updateMany({
      data: { ...never, progress: Prisma.DbNull, attempts: 0, dueAt: null, capUsd: 100 },
    });
    for (const [at, accountId] of accountIds.entries())
      await tx.costRefresh.update({ where: { accountId }, data: { dueAt: new Date(at) } });
  });
}

/** What is wrong with the figures of all that AWS tells of: null where each account's total is right to the cent, in both metrics. */
export async function wrongFigure(ctx: RoomContext, truth: CostTruth, now = new Date()): Promise<string | null> {
  const range = { start: historyStart(now), end: addDays(dayOf(now), 1), granularity: "MONTHLY" };
  const within = (day: string) => day >= range.start && day < range.end;
  for (const [at, metric] of (["unblended", "amortized"] as const).entries()) {
    const told = await costSummary(ctx, summaryInput.parse({ ...range, metric }), now);
    const due = Object.entries(truth.accounts).map(([id, days]) => ({
      id,
      amount: sum(Object.entries(days).flatMap(([day, amounts]) => (within(day) ? [amounts[at]!] : []))),
    }));
    const total = dollars(sum(due.map((account) => account.amount)));
    if (told.total !== total) return `${metric}: ${told.total} in all instead of ${total}`;
    if (dollars(sum(told.regions!.map((part) => part.amount))) !== total)
      return `${metric}: regions do not sum to ${total}`;
    for (const account of due) {
      const part = told.accounts.find(({ awsAccountId }) => awsAccountId === account.id);
      // Displayed parts sum to the displayed total, so that one may be a cent off its own amount.
      if (!part || amount(part.amount).minus(account.amount).abs().gte("0.01"))
        return `${metric}: ${part?.amount} of ${account.id} instead of ${dollars(account.amount)}`;
    }
  }
  return null;
}

/** How many requests the ledger has in all, and what they cost. */
export async function inLedger(tenantId: TenantId): Promise<{ requests: number; cents: number }> {
  const { _sum } = await forTenant(tenantId, (tx) =>
    tx.costLedger.aggregate({ _sum: { requests: true, dollars: true } }),
  );
  return { requests: _sum.requests ?? 0, cents: _sum.dollars?.times(100).toNumber() ?? 0 };
}
