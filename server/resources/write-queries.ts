import type { ClaimedCell } from "../db/claim";
import { LEASE_SECONDS } from "../db/claim";
import type { TenantId, TenantTx } from "../db/client";
import type { Failure } from "../aws/failure";
import type { ResourceWrite, Rollup } from "./reconcile";

/** Locks the cells whose fence still fits and returns their ids: only these may be written, and only in this transaction. */
export async function holdCells(tx: TenantTx, cells: ClaimedCell[]): Promise<Set<string>> {
  const claims = [...new Map(cells.map(({ id, fence }) => [id, { id, fence }])).values()];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select c."id" from "ScanCell" c
    join jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as held(id text, fence int) on c."id" = held.id and c."fence" = held.fence
    where c."id" = any(${idsOf(claims)}) and c."state" = 'RUNNING' order by c."id" for update of c`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Said once more beside a join with a recordset, of which PostgreSQL expects a hundred rows: it would read all cells of the tenant for
 * each batch of five.
 */
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

export type ResourceUpsert = ResourceWrite & { cellId: string; accountId: string; type: string };

/**
 * Writes new and changed resources; where only remarks differ, or tags are read for the first time, nothing changed. A resource that is written is live again. What a cell's first complete
 * read finds did not appear, it was there before; that read may take several tries.
 */
export async function upsertResources(tx: TenantTx, tenantId: TenantId, resources: ResourceUpsert[]): Promise<void> {
  // Two pages of one cell may name the same resource; PostgreSQL refuses to touch a row twice in one statement.
  const rows = [...new Map(resources.map((row) => [`${row.cellId} ${row.nativeId}`, row])).values()];
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into "Resource" ("tenantId", "accountId", "cellId", "type", "nativeId", "arn", "name", "sortName", "region", "state",
      "tags", "facts", "config", "searchText", "hash", "createdAt", "appearedAt")
    select ${tenantId}, r."accountId", r."cellId", r."type", r."nativeId", r."arn", r."name", r."sortName", r."region", r."state",
      nullif(r."tags", 'null'::jsonb), r."facts", r."config", r."searchText", r."hash", r."createdAt",
      case when c."lastSuccessAt" is not null then now() end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      "accountId" text, "cellId" text, "type" text, "nativeId" text, "arn" text, "name" text, "sortName" text, "region" text,
      "state" text, "tags" jsonb, "facts" jsonb, "config" jsonb, "searchText" text, "hash" text, "createdAt" timestamptz)
      join "ScanCell" c on c."id" = r."cellId"
    on conflict ("cellId", "nativeId") do update set
      "arn" = excluded."arn", "name" = excluded."name", "sortName" = excluded."sortName", "region" = excluded."region",
      "state" = excluded."state", "tags" = coalesce(excluded."tags", "Resource"."tags"), "facts" = excluded."facts",
      "config" = excluded."config", "searchText" = excluded."searchText", "hash" = excluded."hash",
      "createdAt" = excluded."createdAt", "goneAt" = null,
      "lastChangedAt" = case
        when "Resource"."goneAt" is null
          and split_part("Resource"."hash", '.', 1) = split_part(excluded."hash", '.', 1)
          and split_part("Resource"."hash", '.', 2) in ('', split_part(excluded."hash", '.', 2))
        then "Resource"."lastChangedAt" else now() end`;
}

export async function markGone(tx: TenantTx, resources: { cellId: string; nativeId: string }[]): Promise<void> {
  if (resources.length === 0) return;
  await tx.$executeRaw`
    update "Resource" r set "goneAt" = now()
    from jsonb_to_recordset(${JSON.stringify(resources)}::jsonb) as gone("cellId" text, "nativeId" text)
    where r."cellId" = gone."cellId" and r."nativeId" = gone."nativeId" and r."goneAt" is null`;
}

export async function replaceRollups(tx: TenantTx, tenantId: TenantId, rollups: Map<string, Rollup[]>): Promise<void> {
  if (rollups.size === 0) return;
  const rows = [...rollups].flatMap(([cellId, counts]) => counts.map((count) => ({ cellId, ...count })));
  await tx.$executeRaw`delete from "ResourceRollup" where "cellId" = any(${[...rollups.keys()]})`;
  await tx.$executeRaw`
    insert into "ResourceRollup" ("tenantId", "cellId", "region", "state", "live", "gone")
    select ${tenantId}, r."cellId", r."region", r."state", r."live", r."gone"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("cellId" text, "region" text, "state" text, "live" int, "gone" int)`;
}

export interface CellOutcome {
  id: string;
  kind: "page" | "success" | "failure" | "retry";
  failureKind: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  failureAction: string | null;
  afterSeconds: number;
  resourceCount: number | null;
  durationMs: number | null;
  tagFailure: Failure | null;
  seen: number | null;
  appeared: number | null;
  changed: number | null;
  gone: number | null;
}

/** Brings the cells' rows to what their scans reported. Only a success moves `lastSuccessAt`. */
export async function finishCells(tx: TenantTx, outcomes: CellOutcome[]): Promise<void> {
  // A page and the end of one cell may lie in one batch: the later report stands.
  const rows = [...new Map(outcomes.map((row) => [row.id, row])).values()];
  if (rows.length === 0) return;
  await tx.$executeRaw`
    update "ScanCell" c set
      "state" = (case o."kind" when 'success' then 'OK' when 'failure' then 'FAILED' when 'retry' then 'QUEUED' else 'RUNNING' end)::"CellState",
      "dueAt" = case o."kind" when 'page' then c."dueAt" when 'retry' then now() + make_interval(secs => o."afterSeconds") end,
      "leaseUntil" = case o."kind" when 'page' then now() + make_interval(secs => ${LEASE_SECONDS}) end,
      "finishedAt" = case when o."kind" in ('success', 'failure') then now() else c."finishedAt" end,
      "lastSuccessAt" = case o."kind" when 'success' then now() else c."lastSuccessAt" end,
      "attempts" = case when o."kind" in ('success', 'failure') then 0 else c."attempts" end,
      "failureKind" = case o."kind" when 'page' then c."failureKind" else o."failureKind" end,
      "failureCode" = case o."kind" when 'page' then c."failureCode" else o."failureCode" end,
      "failureMessage" = case o."kind" when 'page' then c."failureMessage" else o."failureMessage" end,
      "failureAction" = case o."kind" when 'page' then c."failureAction" else o."failureAction" end,
      "tagFailure" = case o."kind" when 'success' then nullif(o."tagFailure", 'null'::jsonb) else c."tagFailure" end,
      "resourceCount" = coalesce(o."resourceCount", c."resourceCount"),
      "expectedMs" = coalesce(o."durationMs", c."expectedMs"),
      "seen" = coalesce(o."seen", c."seen"), "appeared" = coalesce(o."appeared", c."appeared"),
      "changed" = coalesce(o."changed", c."changed"), "gone" = coalesce(o."gone", c."gone")
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(
      "id" text, "kind" text, "failureKind" text, "failureCode" text, "failureMessage" text, "failureAction" text,
      "afterSeconds" float8, "resourceCount" int, "durationMs" int, "tagFailure" jsonb, "seen" int, "appeared" int, "changed" int, "gone" int)
    where c."id" = o."id" and c."id" = any(${idsOf(rows)})`;
}

/** Ends the runs that have no cell left to scan, with what their cells counted, and forgets the tags that were read for them. Returns whose runs ended. */
export async function finishRuns(tx: TenantTx, runIds: string[]): Promise<string[]> {
  if (runIds.length === 0) return [];
  // Locked first: two workers that end the last two cells at once must see each other's. In the order in which a sync of all is asked for.
  await tx.$queryRaw`select 1 from "SyncRun" where "id" = any(${runIds}) order by "accountId" for update`;
  const rows = await tx.$queryRaw<{ accountId: string }[]>`
    with ended as (
      update "SyncRun" r set "finishedAt" = now(),
        "state" = (case when c.failed = 0 then 'COMPLETE' when c.failed = c.total then 'FAILED' else 'PARTIAL' end)::"SyncState",
        "cellsFailed" = c.failed, "resourcesSeen" = c.seen, "appeared" = c.appeared, "changed" = c.changed, "gone" = c.gone
      from (select s."id", count(*)::int as total, (count(*) filter (where c."state" = 'FAILED'))::int as failed, sum(c."seen")::int as seen,
              sum(c."appeared")::int as appeared, sum(c."changed")::int as changed, sum(c."gone")::int as gone
            from "SyncRun" s join "ScanCell" c on c."accountId" = s."accountId" and c."syncRunId" = s."id"
            where s."id" = any(${runIds}) and s."finishedAt" is null and s."cellsTotal" is not null
              and not exists (select from "ScanCell" w
                where w."accountId" = s."accountId" and w."syncRunId" = s."id" and w."state" in ('QUEUED', 'RUNNING'))
            group by s."id") c
      where r."id" = c."id" returning r."id", r."accountId"),
    forgotten as (delete from "TagSweep" where ("accountId", "region") in (
      select t."accountId", t."region" from "TagSweep" t join ended on t."accountId" = ended."accountId" and t."syncRunId" = ended."id"
      for update of t skip locked))
    select "accountId" from ended`;
  return rows.map(({ accountId }) => accountId);
}

/** Makes the account's cells that are missing. */
export async function addCells(
  tx: TenantTx,
  { tenantId, accountId }: { tenantId: string; accountId: string },
  cells: { type: string; region: string }[],
): Promise<void> {
  await tx.$executeRaw`
    insert into "ScanCell" ("tenantId", "accountId", "type", "region")
    select ${tenantId}, ${accountId}, wanted."type", wanted."region"
    from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as wanted("type" text, "region" text)
    on conflict ("accountId", "region", "type") do nothing`;
}

/** What is stored of the claimed cells' resources, as far as comparing needs it. */
export function storedOf(tx: TenantTx, cellIds: string[]) {
  return tx.$queryRaw<
    { cellId: string; nativeId: string; hash: string; region: string; state: string | null; isGone: boolean }[]
  >`
    select "cellId", "nativeId", "hash", "region", "state", "goneAt" is not null as "isGone"
    from "Resource" where "cellId" = any(${cellIds})`;
}

/** Locks the account's row, so that two clicks at once make one run and not an error. What is written under the account does not wait. */
export async function lockAccount(tx: TenantTx, accountId: string): Promise<void> {
  await tx.$queryRaw`select 1 from "AwsAccount" where "id" = ${accountId} for no key update`;
}

/** The account's live run, which stays so until `tx` has ended: where a worker is just ending it, it is waited for, and live no more. */
export async function lockLiveRun(
  tx: TenantTx,
  accountId: string,
): Promise<{ id: string; region: string | null } | null> {
  const [run] = await tx.$queryRaw<{ id: string; region: string | null }[]>`
    select "id", "region" from "SyncRun" where "accountId" = ${accountId} and "finishedAt" is null for update`;
  return run ?? null;
}

/** The role can be used again. Writes nothing where there was no failure. */
export async function clearFailure(tx: TenantTx, accountId: string): Promise<void> {
  await tx.$executeRaw`update "AwsAccount" set "failure" = null, "failedAt" = null where "id" = ${accountId} and "failure" is not null`;
}
