import type { TenantTx } from "../db/client";

/** Deletes up to `limit` days' figures from before `before`, and returns how many. Their months' sums stay. */
export function removeCostDays(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "CostEntry" where ctid in (select ctid from "CostEntry" where "date" < ${before}::date limit ${limit})`;
}

/** Deletes up to `limit` restatements told before `before`, and returns how many. The days' own figures stay. */
export function removeRestatements(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "CostRestatement" where "id" in (
      select "id" from "CostRestatement" where "restatedAt" < ${before} order by "restatedAt" limit ${limit})`;
}

/** Deletes up to `limit` forecasts made before `before`, and returns how many. What they came to is in the scores, as long as it counts. */
export function removeForecasts(tx: TenantTx, before: Date, limit: number): Promise<number> {
  return tx.$executeRaw`
    delete from "Forecast" where ctid = any(array(
      select ctid from "Forecast" where "madeAt" < ${before} limit ${limit}))`;
}
