import { claimable } from "./claim-drift";
import { asSystem } from "./client";

export interface Backlog {
  job: string;
  /** Rows that are due, that nobody holds and that a worker would take now. */
  due: number;
  /** For how long the oldest of them has been due; 0 where nothing is. */
  overdueSeconds: number;
}

/** What every job has yet to work, of all tenants. */
export function backlog(): Promise<Backlog[]> {
  return asSystem(
    (tx) => tx.$queryRaw<Backlog[]>`
      with due as (
        select 'accounts' as job, least("syncDueAt", "checkDueAt") as since from "AwsAccount"
        where "pausedAt" is null and least("syncDueAt", "checkDueAt") <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        union all
        select 'inventory', "dueAt" from "ScanCell" where "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        union all
        select 'drift', since from (${claimable}) claimable
        union all
        select 'driftSchedules', "dueAt" from "Schedule" where "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        union all
        select 'ignoreRules', "dueAt" from "IgnoreRule" where "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
        union all
        select 'costs', c."dueAt" from "CostRefresh" c join "AwsAccount" a on a."id" = c."accountId"
        where a."pausedAt" is null and c."dueAt" <= now() and (c."leaseUntil" is null or c."leaseUntil" < now())
        union all
        select 'upkeep', "dueAt" from "Upkeep" where "dueAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now()))
      select job, count(due.since)::int as due, coalesce(extract(epoch from now() - min(due.since)), 0)::float8 as "overdueSeconds"
      from unnest(array['accounts', 'costs', 'drift', 'driftSchedules', 'ignoreRules', 'inventory', 'upkeep']) as named(job) left join due using (job) group by job order by job`,
  );
}

export interface Holdings {
  accounts: number;
  accountsPaused: number;
  resources: number;
  /** Age of the oldest successful read of an account that is not paused; null before the first. */
  inventoryAgeSeconds: number | null;
  /** Age of the oldest costs of an account that is not paused; null before the first were read. */
  costAgeSeconds: number | null;
}

/** How much is watched and how fresh it is, over all tenants: numbers alone. */
export async function holdings(): Promise<Holdings> {
  const [row] = await asSystem(
    (tx) => tx.$queryRaw<Holdings[]>`
      select (select count(*)::int from "AwsAccount" where "pausedAt" is null) as "accounts",
        (select count(*)::int from "AwsAccount" where "pausedAt" is not null) as "accountsPaused",
        (select coalesce(sum("resourceCount"), 0)::int from "ScanCell") as "resources",
        (select extract(epoch from now() - min(c."lastSuccessAt"))::float8 from "ScanCell" c
          join "AwsAccount" a on a."id" = c."accountId" where a."pausedAt" is null) as "inventoryAgeSeconds",
        (select extract(epoch from now() - min(r."lastSuccessAt"))::float8 from "CostRefresh" r
          join "AwsAccount" a on a."id" = r."accountId" where a."pausedAt" is null) as "costAgeSeconds"`,
  );
  return row!;
}
