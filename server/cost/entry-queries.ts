import type { TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { CostMetric } from "./input";
import type { CostRange } from "./views";

/** Which stored costs: of these days, of these linked accounts and services (null: of all), by one of the two metrics. */
export interface CostQuery {
  range: Pick<CostRange, "start" | "end">;
  awsAccountIds: string[] | null;
  services: string[] | null;
  metric: CostMetric;
}

/**
 * A linked account may be told of by its payer and, connected too, by itself. On a day that both know, the word of whoever read it last
 * counts alone: nothing is counted twice, and a payer that is read no longer silences none of its members. Of two read at once it is a
 * payer's, then that of the smaller id. `told` is the linked account of row `e`.
 */
const countedOnce = Prisma.sql`not exists (
  select 1 from "CostLinked" other
  where ${tellsOn(Prisma.sql`e."date"`, Prisma.sql`e."date"`)}
    and (${readAt(Prisma.sql`other`)}, told."isOwn", e."accountId") > (${readAt(Prisma.sql`e`)}, other."isOwn", other."accountId"))`;

/**
 * The same of rows that name no linked account: all of a payer's members are in them, so that on a day that both know the payer counts,
 * whoever read it last.
 */
const countedWhole = Prisma.sql`not exists (
  select 1 from "CostLinked" other
  where ${tellsOn(Prisma.sql`e."date"`, Prisma.sql`e."date"`)}
    and (other."isOwn", other."accountId") < (told."isOwn", told."accountId"))`;

const linked = Prisma.sql`join "CostLinked" told on told."accountId" = e."accountId" and told."awsAccountId" = e."awsAccountId"`;

/** Whether `other` is somebody else who tells of row `e`'s linked account on any of these days, the last one included. */
function tellsOn(from: Prisma.Sql, until: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`other."awsAccountId" = e."awsAccountId" and other."accountId" <> e."accountId"
    and other."firstDay" <= ${until} and other."lastDay" >= ${from}`;
}

/** When `teller` last read the day of row `e`. Not a join: it is looked up where two tell of an account, and nowhere else. */
function readAt(teller: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(select d."readAt" from "CostDay" d where d."accountId" = ${teller}."accountId" and d."date" = e."date")`;
}

/** The entries of a grouping that count. */
function counted(grouping: "SERVICE_ACCOUNT" | "SERVICE_REGION" | "ACCOUNT_REGION", query: CostQuery): Prisma.Sql {
  const { range, awsAccountIds, services } = query;
  return Prisma.sql`
    from "CostEntry" e ${linked}
    where e."grouping" = ${grouping}::"CostGrouping" and e."date" >= ${range.start}::date and e."date" < ${range.end}::date
      ${awsAccountIds ? Prisma.sql`and e."awsAccountId" = any(${awsAccountIds})` : Prisma.empty}
      ${services ? Prisma.sql`and e."service" = any(${services})` : Prisma.empty}
      and ${grouping === "SERVICE_REGION" ? countedWhole : countedOnce}`;
}

const column = (metric: CostMetric) => (metric === "amortized" ? Prisma.sql`e."amortized"` : Prisma.sql`e."amount"`);

/** Amounts with all their decimals, here and below. */
export function byDay(tx: TenantTx, query: CostQuery) {
  return tx.$queryRaw<{ day: string; amount: string }[]>`
    select e."date"::text as day, sum(${column(query.metric)})::text as amount
    ${counted("SERVICE_ACCOUNT", query)} group by 1 order by 1`;
}

export function byDayAndService(tx: TenantTx, query: CostQuery) {
  return tx.$queryRaw<{ day: string; service: string; amount: string }[]>`
    select e."date"::text as day, e."service", sum(${column(query.metric)})::text as amount
    ${counted("SERVICE_ACCOUNT", query)} group by 1, 2 order by 1, 2`;
}

export function byAccountAndService(tx: TenantTx, query: CostQuery) {
  return tx.$queryRaw<{ awsAccountId: string; service: string; amount: string }[]>`
    select e."awsAccountId", e."service", sum(${column(query.metric)})::text as amount
    ${counted("SERVICE_ACCOUNT", query)} group by 1, 2 order by 1, 2`;
}

export function byDayAccountAndService(tx: TenantTx, query: CostQuery) {
  return tx.$queryRaw<{ day: string; awsAccountId: string; service: string; amount: string }[]>`
    select e."date"::text as day, e."awsAccountId", e."service", sum(${column(query.metric)})::text as amount
    ${counted("SERVICE_ACCOUNT", query)} group by 1, 2, 3 order by 1, 2, 3`;
}

/** What one connected account was told of by linked account, whether it counts or not: of those in `awsAccountIds`. */
export function byDayAndAccount(
  tx: TenantTx,
  { start, end }: Pick<CostRange, "start" | "end">,
  accountId: string,
  awsAccountIds: string[],
) {
  return tx.$queryRaw<{ day: string; awsAccountId: string; amount: string }[]>`
    select "date"::text as day, "awsAccountId", sum("amount")::text as amount from "CostEntry"
    where "accountId" = ${accountId} and "grouping" = 'SERVICE_ACCOUNT' and "date" >= ${start}::date and "date" < ${end}::date
      and "awsAccountId" = any(${awsAccountIds})
    group by 1, 2 order by 1, 2`;
}

/** All that one connected account was told of, whether it counts or not. */
export function byDayTold(tx: TenantTx, { start, end }: Pick<CostRange, "start" | "end">, accountId: string) {
  return tx.$queryRaw<{ day: string; amount: string }[]>`
    select "date"::text as day, sum("amount")::text as amount from "CostEntry"
    where "accountId" = ${accountId} and "grouping" = 'SERVICE_ACCOUNT' and "date" >= ${start}::date and "date" < ${end}::date
    group by 1 order by 1`;
}

/** Of all services: AWS was asked for regions by account. */
export function byAccountAndRegion(tx: TenantTx, query: CostQuery) {
  return tx.$queryRaw<{ awsAccountId: string; region: string; amount: string }[]>`
    select e."awsAccountId", e."region", sum(${column(query.metric)})::text as amount
    ${counted("ACCOUNT_REGION", { ...query, services: null })} group by 1, 2 order by 1, 2`;
}

/** Of whole connected accounts with all that they are told of: AWS was asked for regions by service, not by linked account. */
export function byServiceAndRegion(tx: TenantTx, query: CostQuery, accountIds: string[]) {
  return tx.$queryRaw<{ accountId: string; service: string; region: string; amount: string }[]>`
    select e."accountId", e."service", e."region", sum(${column(query.metric)})::text as amount
    ${counted("SERVICE_REGION", { ...query, awsAccountIds: null })} and e."accountId" = any(${accountIds})
    group by 1, 2, 3 order by 1, 2, 3`;
}

/**
 * What calendar months from `since` on cost in all: from the sums that were kept of them. Where two tell of an account in a month, from
 * that month's days.
 */
export function byMonth(tx: TenantTx, since: string) {
  const isToldTwice = Prisma.sql`exists (select 1 from "CostLinked" other where ${tellsOn(
    Prisma.sql`date_trunc('month', e."date")::date`,
    Prisma.sql`(date_trunc('month', e."date") + interval '1 month - 1 day')::date`,
  )})`;
  return tx.$queryRaw<{ month: string; amount: string }[]>`
    select to_char(month, 'YYYY-MM') as month, sum(amount)::text as amount from (
      select e."date" as month, e."totalAmount" as amount
      from (select *, "startDate" as "date" from "CostSummary" where "startDate" >= ${since}::date) e
      where not ${isToldTwice}
      union all
      select e."date", e."amount" from "CostEntry" e ${linked}
      where e."grouping" = 'SERVICE_ACCOUNT' and e."date" >= ${since}::date and ${isToldTwice} and ${countedOnce}) told
    group by 1 order by 1`;
}

/** Those of `services` that no entry has. */
export async function unknownServices(tx: TenantTx, services: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ service: string }[]>`
    select asked as service from unnest(${services}::text[]) asked
    where not exists (select 1 from "CostEntry" e where e."grouping" = 'SERVICE_ACCOUNT' and e."service" = asked)`;
  return rows.map(({ service }) => service);
}

/** The days of a range that were read, of how many of `accountIds`, and whether AWS may still restate them. */
export function daysRead(tx: TenantTx, { start, end }: Pick<CostRange, "start" | "end">, accountIds: string[]) {
  return tx.$queryRaw<{ day: string; accounts: number; isEstimated: boolean }[]>`
    select "date"::text as day, count(*)::int as accounts, bool_or("isEstimated") as "isEstimated" from "CostDay"
    where "date" >= ${start}::date and "date" < ${end}::date and "accountId" = any(${accountIds}) group by 1 order by 1`;
}

/**
 * Changes whenever costs of these days are written, of whichever account: what was worked out of them before still holds while it does not.
 * Names the accounts by their ids, which no two tenants share.
 */
export async function costVersion(tx: TenantTx, { start, end }: Pick<CostRange, "start" | "end">): Promise<string> {
  const [row] = await tx.$queryRaw<{ version: string | null }[]>`
    select string_agg(concat_ws(':', "accountId", days, estimated, read), ' ' order by "accountId") as version from (
      select "accountId", count(*) as days, count(*) filter (where "isEstimated") as estimated,
        sum((extract(epoch from "readAt") * 1000)::bigint) as read
      from "CostDay" where "date" >= ${start}::date and "date" < ${end}::date group by 1) told`;
  return row?.version ?? "";
}

/** The days of a range that each of `accountIds` read. */
export function daysOf(tx: TenantTx, { start, end }: Pick<CostRange, "start" | "end">, accountIds: string[]) {
  return tx.$queryRaw<{ accountId: string; day: string; isEstimated: boolean }[]>`
    select "accountId", "date"::text as day, "isEstimated" from "CostDay"
    where "date" >= ${start}::date and "date" < ${end}::date and "accountId" = any(${accountIds}) order by 1, 2`;
}

/** What days of a range moved by after they had been over, where it shows in cents. */
export function restatedDays(tx: TenantTx, { range, awsAccountIds, services, metric }: CostQuery) {
  const moved =
    metric === "amortized" ? Prisma.sql`e."amortized" - e."wasAmortized"` : Prisma.sql`e."amount" - e."was"`;
  return tx.$queryRaw<{ day: string; moved: string; restatedAt: Date }[]>`
    select e."date"::text as day, sum(${moved})::text as moved, max(e."restatedAt") as "restatedAt"
    from "CostRestatement" e ${linked}
    where e."date" >= ${range.start}::date and e."date" < ${range.end}::date
      ${awsAccountIds ? Prisma.sql`and e."awsAccountId" = any(${awsAccountIds})` : Prisma.empty}
      ${services ? Prisma.sql`and e."service" = any(${services})` : Prisma.empty}
      and ${countedOnce}
    group by 1 having abs(sum(${moved})) >= 0.005 order by 1`;
}
