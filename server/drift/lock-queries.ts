import type { TenantId, TenantTx } from "../db/client";

/**
 * Until the end of the transaction nobody else enqueues for this tenant: a schedule asks for stacks in one order and a person in
 * another, and where both waited for each other's rows PostgreSQL would end one of them.
 */
export async function takeQueue(tx: TenantTx, tenantId: TenantId): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`drift queue of ${tenantId}`}, 0))`;
}

/**
 * Until the end of the transaction the tenant's rules stay as they are read after this; with `toChange`, nobody judges by them. A
 * detection that ends while a rule is made or deleted is judged by what that leaves.
 */
export async function holdRules(tx: TenantTx, tenantId: TenantId, { toChange = false } = {}): Promise<void> {
  const key = `drift rules of ${tenantId}`;
  if (toChange) await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  else await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`;
}
