import type { Failure } from "../aws/failure";
import type { SweptTags } from "../aws/tag-sweep";
import { LEASE_SECONDS } from "../db/claim";
import type { TenantId, TenantTx } from "../db/client";

export interface SweepOf {
  tenantId: TenantId;
  accountId: string;
  syncRunId: string;
  region: string;
}

/** Whose turn it is; the fence is what later writes must carry. */
export type SweepTurn = SweepOf & { fence: number };

/** What a sweep came to, as it is stored. */
type Stored = { tags: Record<string, Record<string, string>> } | { failure: Failure };

/** Takes the turn to sweep, where nobody has swept for this run or is at it. */
export async function takeSweep(tx: TenantTx, sweep: SweepOf): Promise<SweepTurn | null> {
  const [taken] = await tx.$queryRaw<{ fence: number }[]>`
    insert into "TagSweep" as s ("tenantId", "accountId", "region", "syncRunId", "leaseUntil")
    values (${sweep.tenantId}, ${sweep.accountId}, ${sweep.region}, ${sweep.syncRunId}, now() + make_interval(secs => ${LEASE_SECONDS}))
    on conflict ("accountId", "region") do update set
      "syncRunId" = excluded."syncRunId", "leaseUntil" = excluded."leaseUntil", "fence" = s."fence" + 1, "swept" = null
    where s."syncRunId" <> excluded."syncRunId" or (s."swept" is null and (s."leaseUntil" is null or s."leaseUntil" < now()))
    returning "fence"`;
  return taken ? { ...sweep, fence: taken.fence } : null;
}

/** What was swept for the run; null where nothing was yet. */
export async function readSweep(
  tx: TenantTx,
  { accountId, region, syncRunId }: SweepOf,
): Promise<SweptTags | Failure | null> {
  const row = await tx.tagSweep.findUnique({ where: { accountId_region: { accountId, region }, syncRunId } });
  const stored = row?.swept as Stored | null | undefined;
  if (!stored) return null;
  return "failure" in stored ? stored.failure : new Map(Object.entries(stored.tags));
}

/** Keeps what was swept for whoever asks next; null leaves the sweep to them. */
export async function endSweep(tx: TenantTx, turn: SweepTurn, swept: SweptTags | Failure | null): Promise<void> {
  const stored: Stored | null =
    swept instanceof Map ? { tags: Object.fromEntries(swept) } : swept && { failure: swept };
  await tx.$executeRaw`
    update "TagSweep" set "leaseUntil" = null, "swept" = nullif(${JSON.stringify(stored)}, 'null')::json
    where "accountId" = ${turn.accountId} and "region" = ${turn.region} and "syncRunId" = ${turn.syncRunId} and "fence" = ${turn.fence}`;
}

export async function renewSweep(tx: TenantTx, turn: SweepTurn): Promise<void> {
  await tx.$executeRaw`
    update "TagSweep" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
    where "accountId" = ${turn.accountId} and "region" = ${turn.region} and "syncRunId" = ${turn.syncRunId} and "fence" = ${turn.fence}`;
}
