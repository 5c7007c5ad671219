import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import type { CostScope } from "./input";
import { rangeOf } from "./range";
import { sourcesOf } from "./refresh-service";
import { knownAccounts, resolveScope } from "./scope";
import type { UnseenSpendView } from "./views";

/** Dollars of the last 30 days where the inventory has seen no resource or never looked. */
export async function unseenSpend(
  ctx: RoomContext,
  { accountIds }: Pick<CostScope, "accountIds">,
  now = new Date(),
): Promise<UnseenSpendView> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, await knownAccounts(tx));
    return {
      range: rangeOf({}, now),
      unit: "USD",
      rows: [],
      freshness: (await sourcesOf(tx, awsAccountIds, now)).freshness,
    };
  });
}
