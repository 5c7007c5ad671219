import { GLOBAL_REGION } from "../aws/place";
import type { TenantTx } from "../db/client";
import type { SeenCell } from "./unseen";

/**
 * What inventory knows, by account, region and type. Global types have one cell an account and their resources lie in
 * regions: each region that they lie in is known through their cell, which says nothing of what else is there.
 */
export function seenCells(tx: TenantTx): Promise<SeenCell[]> {
  return tx.$queryRaw<SeenCell[]>`
    select c."accountId", coalesce(r."region", c."region") as region, c."type", c."lastSuccessAt" is not null as "isRead",
      c."region" = ${GLOBAL_REGION} as "isGlobal", c."failureKind" is not null as "isFailing", coalesce(sum(r."live"), 0)::int as live
    from "ScanCell" c left join "ResourceRollup" r on r."cellId" = c."id"
    group by c."id", 2`;
}
