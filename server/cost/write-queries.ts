import type { TenantTx } from "../db/client";
import type { Entry, Restatement } from "./entry-changes";

/** The rows that a refresh writes belong to one account of one tenant. */
export interface Owner {
  tenantId: string;
  accountId: string;
}

/** Rows a statement: a month of a large organisation is tens of thousands. */
const CHUNK = 5_000;

/** What is stored of an account's days, amounts with all decimals. */
export function storedEntries(tx: TenantTx, { accountId }: Owner, { start, end }: { start: string; end: string }) {
  return tx.$queryRaw<Entry[]>`
    select "grouping"::text as grouping, "date"::text as date, "awsAccountId", "service", "region",
      "amount"::text as amount, "amortized"::text as amortized, "unit"
    from "CostEntry" where "accountId" = ${accountId} and "date" >= ${start}::date and "date" < ${end}::date`;
}

export async function upsertEntries(tx: TenantTx, { tenantId, accountId }: Owner, entries: Entry[]): Promise<void> {
  for (const chunk of chunks(entries))
    await tx.$executeRaw`
      insert into "CostEntry" ("tenantId", "accountId", "grouping", "date", "awsAccountId", "service", "region", "amount", "amortized", "unit")
      select ${tenantId}, ${accountId}, e."grouping"::"CostGrouping", e."date", e."awsAccountId", e."service", e."region", e."amount", e."amortized", e."unit"
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as e("grouping" text, "date" date, "awsAccountId" text, "service" text,
        "region" text, "amount" numeric, "amortized" numeric, "unit" text)
      on conflict ("accountId", "grouping", "date", "awsAccountId", "service", "region") do update
        set "amount" = excluded."amount", "amortized" = excluded."amortized", "unit" = excluded."unit"`;
}

export async function deleteEntries(tx: TenantTx, { accountId }: Owner, entries: Entry[]): Promise<void> {
  for (const chunk of chunks(entries))
    await tx.$executeRaw`
      delete from "CostEntry" c using jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as e("grouping" text, "date" date,
        "awsAccountId" text, "service" text, "region" text)
      where c."accountId" = ${accountId} and c."grouping" = e."grouping"::"CostGrouping" and c."date" = e."date"
        and c."awsAccountId" = e."awsAccountId" and c."service" = e."service" and c."region" = e."region"`;
}

export async function insertRestatements(
  tx: TenantTx,
  { tenantId, accountId }: Owner,
  restated: Restatement[],
  restatedAt: Date,
): Promise<void> {
  for (const chunk of chunks(restated))
    await tx.costRestatement.createMany({
      data: chunk.map((row) => ({ ...row, date: new Date(row.date), tenantId, accountId, restatedAt })),
    });
}

export async function upsertDays(
  tx: TenantTx,
  { tenantId, accountId }: Owner,
  days: { day: string; isEstimated: boolean }[],
  readAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into "CostDay" ("tenantId", "accountId", "date", "isEstimated", "readAt")
    select ${tenantId}, ${accountId}, d."day", d."isEstimated", ${readAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as d("day" date, "isEstimated" boolean)
    on conflict ("accountId", "date") do update set "isEstimated" = excluded."isEstimated", "readAt" = excluded."readAt"`;
}

/** The linked accounts that an account tells of, each with the days that it does; of itself, all that were read. */
export async function upsertLinked(
  tx: TenantTx,
  { tenantId, accountId }: Owner,
  linked: { awsAccountId: string; name: string | null; isOwn: boolean; firstDay: string; lastDay: string }[],
): Promise<void> {
  await tx.$executeRaw`
    insert into "CostLinked" ("tenantId", "accountId", "awsAccountId", "name", "isOwn", "firstDay", "lastDay")
    select ${tenantId}, ${accountId}, l."awsAccountId", l."name", l."isOwn", l."firstDay", l."lastDay"
    from jsonb_to_recordset(${JSON.stringify(linked)}::jsonb) as l("awsAccountId" text, "name" text, "isOwn" boolean, "firstDay" date, "lastDay" date)
    on conflict ("accountId", "awsAccountId") do update set "name" = coalesce(excluded."name", "CostLinked"."name"),
      "firstDay" = least("CostLinked"."firstDay", excluded."firstDay"), "lastDay" = greatest("CostLinked"."lastDay", excluded."lastDay")`;
}

/** Sums a month of each linked account anew, with its five dearest services. */
export async function sumMonth(tx: TenantTx, { tenantId, accountId }: Owner, month: string): Promise<void> {
  await tx.$executeRaw`delete from "CostSummary" where "accountId" = ${accountId} and "startDate" = ${month}::date`;
  await tx.$executeRaw`
    insert into "CostSummary" ("tenantId", "accountId", "awsAccountId", "startDate", "endDate", "granularity", "totalAmount", "amortizedAmount", "unit", "topServices")
    select ${tenantId}, ${accountId}, "awsAccountId", ${month}::date, (${month}::date + interval '1 month')::date, 'MONTHLY', sum(amount), sum(amortized), min(unit),
      coalesce(jsonb_agg(jsonb_build_object('service', "service", 'amount', amount::text) order by rank) filter (where rank <= 5), '[]')
    from (
      select "awsAccountId", "service", sum("amount") as amount, sum("amortized") as amortized, min("unit") as unit,
        row_number() over (partition by "awsAccountId" order by sum("amount") desc, "service") as rank
      from "CostEntry" where "accountId" = ${accountId} and "grouping" = 'SERVICE_ACCOUNT'
        and "date" >= ${month}::date and "date" < ${month}::date + interval '1 month'
      group by 1, 2) services
    group by "awsAccountId"`;
}

function chunks<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, at) => rows.slice(at * CHUNK, (at + 1) * CHUNK));
}
