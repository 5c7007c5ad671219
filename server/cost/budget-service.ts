import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import type { Budget } from "../db/generated/client";
import { notFound } from "../errors";
import { budgetStatus } from "./budget-status";
import { monthEndOf } from "./forecast-service";
import { historyOf, monthToDate } from "./history";
import type { CreateBudgetInput, UpdateBudgetInput } from "./input";
import { dollars } from "./money";
import { dayOf } from "./range";
import { sourcesOf } from "./refresh-service";
import { accountNamed, knownAccounts, namesOf, resolveScope, type KnownAccount } from "./scope";
import type { BudgetsView, BudgetView } from "./views";

/** Every budget with what the running month has cost and will likely cost against it. */
export async function listBudgets(ctx: RoomContext, now = new Date()): Promise<BudgetsView> {
  return forTenant(ctx.tenantId, async (tx) => ({
    budgets: await budgetViews(tx, now),
    unit: "USD",
    freshness: (await sourcesOf(tx, null, now)).freshness,
  }));
}

/** The budgets by name, each against the running month. */
export async function budgetViews(tx: TenantTx, now: Date): Promise<BudgetView[]> {
  const known = await knownAccounts(tx);
  const budgets = await tx.budget.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  const views = [];
  for (const budget of budgets) views.push(await budgetView(tx, budget, known, now));
  return views;
}

async function budgetView(tx: TenantTx, budget: Budget, known: KnownAccount[], now: Date): Promise<BudgetView> {
  const { id, name, scope, awsAccountId, service } = budget;
  const today = dayOf(now);
  const of = { awsAccountIds: awsAccountId ? [awsAccountId] : null, services: service ? [service] : null };
  const { accountIds, freshness } = await sourcesOf(tx, of.awsAccountIds, now);
  // A member's costs may come by its payer alone, also when that has not been read since yesterday.
  const told = await tx.costLinked.findMany({ select: { awsAccountId: true } });
  const neverRead = freshness.accounts.filter(
    ({ asOf, awsAccountId }) => asOf === null && !told.some((linked) => linked.awsAccountId === awsAccountId),
  );
  const history = await historyOf(tx, of, accountIds, now);
  const spent = monthToDate(history, today);
  const actual = spent && dollars(spent);
  const end = monthEndOf(history, today);
  const amount = dollars(budget.amount.toString());
  const accountName = known.find((account) => account.awsAccountId === awsAccountId)?.name;
  return {
    id,
    name,
    scope,
    awsAccountId,
    service,
    label: service ?? (awsAccountId ? (accountName ?? awsAccountId) : "Everything"),
    amount,
    month: today.slice(0, 7),
    actual,
    leftOut: [...namesOf(known, history.leftOut), ...neverRead.map(({ name }) => name)],
    forecast: end && { mean: end.mean, low: end.low, high: end.high },
    ...budgetStatus(amount, actual, end),
  };
}

const ofFields = { accountIds: "of.awsAccountId", services: "of.service" };

export async function createBudget(
  ctx: RoomContext,
  { name, amount, of }: CreateBudgetInput,
): Promise<{ budgetId: string }> {
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    if (of.scope === "ACCOUNT") accountNamed(known, of.awsAccountId, "of.awsAccountId");
    if (of.scope === "SERVICE") await resolveScope(tx, { services: [of.service] }, known, ofFields);
    const { id } = await tx.budget.create({ data: { tenantId: ctx.tenantId, name, amount, ...of } });
    const detail = { amount: String(amount), ...of };
    await record(tx, ctx, { action: "cost.budgets.create", targetId: id, target: name, detail });
    return { budgetId: id };
  });
}

export async function updateBudget(ctx: RoomContext, { budgetId, ...data }: UpdateBudgetInput): Promise<void> {
  await forTenant(ctx.tenantId, async (tx) => {
    const [budget] = await tx.budget.updateManyAndReturn({ where: { id: budgetId }, data });
    if (!budget) throw notFound("This budget");
    const detail = { amount: budget.amount.toString() };
    await record(tx, ctx, { action: "cost.budgets.update", targetId: budgetId, target: budget.name, detail });
  });
}

export async function removeBudget(ctx: RoomContext, { budgetId }: { budgetId: string }): Promise<void> {
  await forTenant(ctx.tenantId, async (tx) => {
    const budget = await tx.budget.findUnique({ where: { id: budgetId } });
    const { count } = await tx.budget.deleteMany({ where: { id: budgetId } });
    if (!budget || count === 0) throw notFound("This budget");
    const detail = { amount: budget.amount.toString() };
    await record(tx, ctx, { action: "cost.budgets.remove", targetId: budgetId, target: budget.name, detail });
  });
}
