import type { TenantTx } from "../db/client";

/** Deletes up to `limit` restatements told before `before`, and returns how many. The days' own figures stay: they were paid for. */
export function removeRestatements(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "CostRestatement" where "id" in (
      select "id" from "CostRestatement" where "restatedAt" < ${before} order by "restatedAt" limit ${limit})`;
}
