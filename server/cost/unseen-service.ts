import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { byAccountAndRegion, byServiceAndRegion, type CostQuery } from "./entry-queries";
import type { CostScope } from "./input";
import { groupBy } from "./parts";
import { rangeOf } from "./range";
import { sourcesOf } from "./refresh-service";
import { wholeTellers } from "./regions";
import { knownAccounts, resolveScope } from "./scope";
import { unseenSpend as unseen } from "./unseen";
import { seenCells } from "./unseen-queries";
import type { UnseenSpendView } from "./views";

const SERVICES_UNKNOWN =
  "Services were not looked at: AWS tells a payer its services by region for the whole organisation only. Choose all of its accounts, or one that is not under a payer.";
const SERVICES_TOGETHER =
  "A service is looked for in all accounts of a payer together: AWS does not tell its regions by account.";

/** Dollars of the last 30 days where the inventory has seen no resource or never looked. */
export async function unseenSpend(
  ctx: RoomContext,
  { accountIds }: Pick<CostScope, "accountIds">,
  now = new Date(),
): Promise<UnseenSpendView> {
  const range = rangeOf({}, now);
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, known);
    const query: CostQuery = { range, awsAccountIds, services: null, metric: "unblended" };
    const whole = await wholeTellers(tx, awsAccountIds);
    const tellers = whole ?? [];
    const told = groupBy(await tx.costLinked.findMany(), ({ accountId }) => accountId);
    const services = await byServiceAndRegion(tx, query, tellers);
    const spend = {
      byAccount: await byAccountAndRegion(tx, query),
      byService: services.map(({ accountId, ...row }) => ({
        ...row,
        accounts: (told.get(accountId) ?? []).map(({ awsAccountId }) => awsAccountId),
      })),
    };
    const rows = unseen(spend, await seenCells(tx), known);
    const isTogether = tellers.some((accountId) => told.get(accountId)!.length > 1);
    const reason = whole === null ? SERVICES_UNKNOWN : isTogether ? SERVICES_TOGETHER : null;
    return { range, unit: "USD", rows, reason, freshness: (await sourcesOf(tx, awsAccountIds, now)).freshness };
  });
}
