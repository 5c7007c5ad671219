import type { Failure } from "../aws/failure";
import type { SweptTags } from "../aws/tag-sweep";
import { LEASE_SECONDS } from "../db/claim";
import type { TenantTx } from "../db/client";

/** One region's sweep in one run. */
export interface SweepOf {
  accountId: string;
  region: string;
  syncRunId: string;
}

/** Whose turn it is to sweep; the fence is what later writes must carry. */
export type SweepTurn = SweepOf & { fence: number };

/** What a sweep came to, as it is stored. */
type Stored = { tags: Record<string, Record<string, string>> } | { failure: Failure };

/**
 * For each its turn, where nobody has swept for its run or is at it; else what was swept, null while somebody else is at it. Of an
 * account that is gone there is nothing to be had.
 */
export async function takeSweeps(tx: TenantTx, wanted: SweepOf[]): Promise<(SweepTurn | SweptTags | Failure | null)[]> {
  const taken = await tx.$queryRaw<SweepTurn[]>`
    insert into "TagSweep" as s ("tenantId", "accountId", "region", "syncRunId", "leaseUntil")
    select a."tenantId", a."id", w."region", w."syncRunId", now() + make_interval(secs => ${LEASE_SECONDS})
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w("accountId" text, "region" text, "syncRunId" text)
      join "AwsAccount" a on a."id" = w."accountId"
    order by a."id", w."region" for key share of a
    on conflict ("accountId", "region") do update set
      "syncRunId" = excluded."syncRunId", "leaseUntil" = excluded."leaseUntil", "fence" = s."fence" + 1, "swept" = null
    where s."syncRunId" <> excluded."syncRunId" or (s."swept" is null and (s."leaseUntil" is null or s."leaseUntil" < now()))
    returning "accountId", "region", "syncRunId", "fence"`;
  const turns = new Map(taken.map((turn) => [keyOf(turn), turn]));
  const others = wanted.filter((sweep) => !turns.has(keyOf(sweep)));
  const swept = await sweptOf(tx, others);
  return wanted.map((sweep) => turns.get(keyOf(sweep)) ?? swept.get(keyOf(sweep)) ?? null);
}

async function sweptOf(tx: TenantTx, sweeps: SweepOf[]): Promise<Map<string, SweptTags | Failure>> {
  if (sweeps.length === 0) return new Map();
  const wanted = sweeps.map(({ accountId, region, syncRunId }) => ({ accountId, region, syncRunId }));
  const rows = await tx.tagSweep.findMany({ where: { OR: wanted, leaseUntil: null } });
  return new Map(
    rows.flatMap((row) => {
      const stored = row.swept as Stored | null;
      if (!stored) return [];
      return [[keyOf(row), "failure" in stored ? stored.failure : new Map(Object.entries(stored.tags))]] as const;
    }),
  );
}

const keyOf = ({ accountId, region, syncRunId }: SweepOf) => `${accountId} ${region} ${syncRunId}`;

/** Keeps what was swept for whoever asks next; null leaves the sweep to them. */
export async function endSweeps(
  tx: TenantTx,
  ends: { turn: SweepTurn; swept: SweptTags | Failure | null }[],
): Promise<void> {
  const rows = ends.map(({ turn, swept }) => ({
    ...turn,
    swept: swept instanceof Map ? { tags: Object.fromEntries(swept) } : swept && { failure: swept },
  }));
  await tx.$executeRaw`
    update "TagSweep" s set "leaseUntil" = null, "swept" = nullif(e."swept"::text, 'null')::json
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as e("accountId" text, "region" text, "syncRunId" text, "fence" int, "swept" json)
    where s."accountId" = e."accountId" and s."region" = e."region" and s."syncRunId" = e."syncRunId" and s."fence" = e."fence"`;
}

export async function renewSweep(tx: TenantTx, { accountId, region, syncRunId, fence }: SweepTurn): Promise<void> {
  await tx.$executeRaw`
    update "TagSweep" set "leaseUntil" = now() + make_interval(secs => ${LEASE_SECONDS})
    where "accountId" = ${accountId} and "region" = ${region} and "syncRunId" = ${syncRunId} and "fence" = ${fence}`;
}
