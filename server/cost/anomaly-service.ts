import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { notFound } from "../errors";
import type { AnomaliesInput, DismissInput } from "./input";
import { addDays, dayOf } from "./range";
import { sourcesOf } from "./refresh-service";
import { accountNamed, knownAccounts, resolveScope } from "./scope";
import type { CostAnomaliesView } from "./views";

/** Days and services outside their own pattern, the dearest first; what a person put aside comes with the reason. */
export async function costAnomalies(
  ctx: RoomContext,
  { accountIds, withinDays }: AnomaliesInput,
  now = new Date(),
): Promise<CostAnomaliesView> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, await knownAccounts(tx));
    const { freshness } = await sourcesOf(tx, awsAccountIds, now);
    return { since: addDays(dayOf(now), -withinDays), unit: "USD", anomalies: [], freshness };
  });
}

/** Puts an anomaly aside, with why. Again with another reason: the last one counts. */
export async function dismissAnomaly(
  ctx: RoomContext,
  { awsAccountId, service, firstDay, reason }: DismissInput,
): Promise<{ dismissalId: string }> {
  return forTenant(ctx.tenantId, async (tx) => {
    accountNamed(await knownAccounts(tx), awsAccountId);
    const key = { tenantId: ctx.tenantId, awsAccountId, service, firstDay: new Date(firstDay) };
    const why = { reason, clerkUserId: ctx.clerkUserId, dismissedAt: new Date() };
    const { id } = await tx.dismissal.upsert({
      where: { tenantId_awsAccountId_service_firstDay: key },
      create: { ...key, ...why },
      update: why,
    });
    return { dismissalId: id };
  });
}

export async function restoreAnomaly(ctx: RoomContext, { dismissalId }: { dismissalId: string }): Promise<void> {
  const { count } = await forTenant(ctx.tenantId, (tx) => tx.dismissal.deleteMany({ where: { id: dismissalId } }));
  if (count === 0) throw notFound("This dismissal");
}
