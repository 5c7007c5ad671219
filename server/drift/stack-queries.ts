import { Prisma } from "../db/generated/client";
import type { TenantTx } from "../db/client";
import type { DriftScope, StackFilter, StackSortKey } from "./filter";
import { OURS_WITHIN_SECONDS } from "./polling";
import type { StackCursor } from "./stack-cursor";
import type { Coverage, DriftSeverity, DriftVerdict, StackDrift } from "./views";

/** A stack as the database has it: inventory's row and, where its last detection is ours, what that found. */
export interface StoredStack {
  id: string;
  stackName: string;
  stackId: string;
  accountId: string;
  awsAccountId: string;
  accountName: string;
  region: string;
  status: string | null;
  statusReason: string | null;
  description: string | null;
  tags: Record<string, string> | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  seenAt: Date | null;
  parentId: string | null;
  /** Its own id where it is a root. */
  rootId: string;
  driftStatus: string;
  source: StackDrift["source"];
  asOf: Date | null;
  verdict: DriftVerdict;
  coverage: Coverage | null;
  severity: DriftSeverity | null;
  driftedResources: number | null;
  openDifferences: number | null;
  ignoredDifferences: number | null;
  newDifferences: number | null;
  detectionId: string | null;
  usualMs: number | null;
}

/**
 * Every live stack of the tenant. Whose word on its drift is newer counts: our detection's, or that of another one that
 * inventory saw (ListStacks tells when it was begun; see OURS_WITHIN_SECONDS).
 */
const stacks = Prisma.sql`
  known as (
    select r."id", coalesce(r."name", r."nativeId") as "stackName", r."nativeId" as "stackId", r."accountId", a."awsAccountId", a."name" as "accountName",
      r."region", r."state" as "status", r."config"->>'StackStatusReason' as "statusReason", r."facts"->>'description' as "description", r."tags", r."createdAt",
      (r."facts"->>'updatedAt')::timestamptz as "updatedAt", c."lastSuccessAt" as "seenAt", r."facts"->>'parentId' as "parentArn", r."facts"->>'rootId' as "rootArn",
      r."searchText", r."facts"->>'driftStatus' as told, (r."facts"->>'driftCheckedAt')::timestamptz as "toldAt",
      s."detectedAt" is not null and coalesce((r."facts"->>'driftCheckedAt')::timestamptz <= s."detectedAt" + make_interval(secs => ${OURS_WITHIN_SECONDS}), true) as "isOurs",
      s."driftStatus" as ours, s."wholeDetectedAt", s."verdict"::text as "ourVerdict", s."coverage", s."severity"::text as "severity", s."driftedResources", s."openDifferences",
      s."ignoredDifferences", s."newDifferences", s."detectionId", s."usualMs"
    from "Resource" r join "AwsAccount" a on a."id" = r."accountId" join "ScanCell" c on c."id" = r."cellId" left join "CloudFormationStack" s on s."id" = r."id"
    where r."type" = 'AWS::CloudFormation::Stack' and r."goneAt" is null),
  stacks as (
    select k."id", k."stackName", k."stackId", k."accountId", k."awsAccountId", k."accountName", k."region", k."status", k."statusReason", k."description", k."tags",
      k."createdAt", k."updatedAt", k."seenAt", k."searchText", parent."id" as "parentId", coalesce(root."id", k."id") as "rootId", k."detectionId", k."usualMs",
      case when k."isOurs" then k.ours else coalesce(k.told, 'NOT_CHECKED') end as "driftStatus",
      case when k."isOurs" then 'detection' when coalesce(k.told, 'NOT_CHECKED') = 'NOT_CHECKED' then 'none' else 'inventory' end as "source",
      case when k."isOurs" then k."wholeDetectedAt" else k."toldAt" end as "asOf",
      case when k."isOurs" then k."ourVerdict" when k.told = 'DRIFTED' then 'DRIFTED' when coalesce(k.told, 'NOT_CHECKED') = 'NOT_CHECKED' then 'NOT_CHECKED' else 'UNVERIFIED' end as "verdict",
      case when k."isOurs" then k."coverage" end as "coverage", case when k."isOurs" then k."severity" end as "severity",
      case when k."isOurs" then k."driftedResources" end as "driftedResources", case when k."isOurs" then k."openDifferences" end as "openDifferences",
      case when k."isOurs" then k."ignoredDifferences" end as "ignoredDifferences", case when k."isOurs" then k."newDifferences" end as "newDifferences"
    from known k
    left join known parent on parent."stackId" = k."parentArn" and parent."accountId" = k."accountId"
    left join known root on root."stackId" = k."rootArn" and root."accountId" = k."accountId")`;

/** The worst first when descending: what differs by its severity, then what is not known, then what is well. */
const weight = Prisma.sql`
  case when "severity" is not null then 20 + array_position(array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], "severity")
    else coalesce(array_position(array['IN_SYNC', 'NOTHING_CHECKABLE', 'NOT_CHECKED', 'ALL_IGNORED', 'UNVERIFIED', 'PARTIAL', 'DRIFTED'], "verdict"), 0) end`;

/** What is sorted by, as text that sorts as its values do; a root's with its nested stacks where they are folded. */
const sortValues: Record<StackSortKey, Prisma.Sql> = {
  name: Prisma.sql`min(lower("stackName")) filter (where "id" = "rootId")`,
  account: Prisma.sql`min(lower("accountName"))`,
  region: Prisma.sql`min("region")`,
  status: Prisma.sql`coalesce(min("status") filter (where "id" = "rootId"), '')`,
  drift: Prisma.sql`max(lpad((${weight})::text, 2, '0'))`,
  severity: Prisma.sql`lpad(max(${weight})::text, 2, '0') || lpad(coalesce(sum("openDifferences"), 0)::text, 6, '0')`,
  drifted: Prisma.sql`lpad(coalesce(sum("driftedResources"), 0)::text, 6, '0')`,
  detectedAt: Prisma.sql`coalesce(to_char(max("asOf") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), '')`,
};

export interface StackPageQuery {
  filter: StackFilter;
  sort: StackSortKey;
  direction: "asc" | "desc";
  isFolded: boolean;
  cursor: StackCursor | null;
  limit: number;
}

/** The ids of `limit` listed stacks after `cursor`: roots where nested stacks are folded. */
export function pageOfStacks(tx: TenantTx, query: StackPageQuery): Promise<{ id: string; sortValue: string }[]> {
  const { filter, sort, direction, isFolded, cursor, limit } = query;
  const order = direction === "asc" ? Prisma.sql`asc` : Prisma.sql`desc`;
  const after = direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  const from = cursor
    ? Prisma.sql`where ("sortValue" collate "C", "id" collate "C") ${after} (${cursor.value}, ${cursor.id})`
    : Prisma.empty;
  return tx.$queryRaw<{ id: string; sortValue: string }[]>`
    with ${stacks}, ${listed(filter, isFolded)},
    ordered as (select "group" as "id", ${sortValues[sort]} as "sortValue" from listed group by "group")
    select * from ordered ${from} order by "sortValue" collate "C" ${order}, "id" collate "C" ${order} limit ${limit}`;
}

export async function countStacks(tx: TenantTx, filter: StackFilter, isFolded: boolean): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with ${stacks}, ${listed(filter, isFolded)} select count(distinct "group")::int as count from listed`;
  return row?.count ?? 0;
}

/** The stacks with these ids; with `nested`, all that are nested in them too. */
export function stacksByIds(tx: TenantTx, ids: string[], { nested = false } = {}): Promise<StoredStack[]> {
  const wanted = nested ? Prisma.sql`"rootId" = any(${ids})` : Prisma.sql`"id" = any(${ids})`;
  return tx.$queryRaw<
    StoredStack[]
  >`with ${stacks} select * from stacks where "id" = any(${ids}) or ${wanted} order by lower("stackName"), "id"`;
}

/** Every stack of the scope: what counts and totals are made of. */
export function stacksIn(tx: TenantTx, scope: DriftScope): Promise<StoredStack[]> {
  return tx.$queryRaw<
    StoredStack[]
  >`with ${stacks} select * from stacks where ${conditions(scope)} order by lower("stackName"), "id"`;
}

/** The stack that AWS calls so; null where inventory has none. */
export async function stackNamed(
  tx: TenantTx,
  { awsAccountId, region, stackName }: { awsAccountId: string; region: string; stackName: string },
): Promise<StoredStack | null> {
  const [row] = await tx.$queryRaw<StoredStack[]>`
    with ${stacks} select * from stacks where "awsAccountId" = ${awsAccountId} and "region" = ${region} and ("stackName" = ${stackName} or "stackId" = ${stackName})`;
  return row ?? null;
}

/** `group`: the row under which a stack that fits is listed, with every stack of that group. */
function listed(filter: StackFilter, isFolded: boolean): Prisma.Sql {
  return isFolded
    ? Prisma.sql`listed as (select s.*, s."rootId" as "group" from stacks s where s."rootId" in (select "rootId" from stacks where ${conditions(filter)}))`
    : Prisma.sql`listed as (select ${unfolded} from stacks where ${conditions(filter)})`;
}

/** Each for itself: every stack is its own root. */
const unfolded = Prisma.sql`"id", "id" as "group", "id" as "rootId", "stackName", "accountName", "region", "status", "verdict", "severity", "openDifferences", "driftedResources", "asOf"`;

function conditions(filter: StackFilter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (filter.accountIds?.length) parts.push(Prisma.sql`"accountId" = any(${filter.accountIds})`);
  if (filter.regions?.length) parts.push(Prisma.sql`"region" = any(${filter.regions})`);
  if (filter.statuses?.length) parts.push(Prisma.sql`coalesce("status", '') = any(${filter.statuses})`);
  if (filter.driftStatuses?.length) parts.push(Prisma.sql`"driftStatus" = any(${filter.driftStatuses})`);
  if (filter.verdicts?.length) parts.push(Prisma.sql`"verdict" = any(${filter.verdicts})`);
  if (filter.severities?.length) parts.push(Prisma.sql`"severity" = any(${filter.severities})`);
  // NUL cannot be stored, so it cannot be found; PostgreSQL refuses it in a parameter.
  const search = filter.search?.toLowerCase().replaceAll("\u0000", "");
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`("searchText" like ${pattern} or lower("description") like ${pattern})`);
  }
  return Prisma.join(parts, " and ");
}
