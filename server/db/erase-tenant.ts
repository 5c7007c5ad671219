import { asUpkeep, type TenantId } from "./client";

/** How many rows each table held of the tenant; all of them are gone. */
export type ErasureReceipt = Record<string, number>;

/** It says nothing before it is done. */
export const TIMEOUT_MS = 10 * 60_000;

/**
 * Deletes everything that is stored of a tenant, and whoever has no account in any tenant then, in one transaction: all or nothing. Which tables there are is the database's
 * own knowledge, so a new one cannot be forgotten; where upkeep may not delete from one, this throws and nothing is deleted.
 */
export async function eraseTenant(tenantId: TenantId): Promise<ErasureReceipt> {
  const rows = await asUpkeep(
    (tx) => tx.$queryRaw<{ table: string; rows: number }[]>`
      select erased_from as "table", row_count::float8 as "rows" from erase_tenant()`,
    { tenantId, timeoutMs: TIMEOUT_MS },
  );
  return Object.fromEntries(rows.map(({ table, rows: count }) => [table, count]));
}
