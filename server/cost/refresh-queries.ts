import type { Failure } from "../aws/failure";
import type { TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import type { RefreshFacts } from "./freshness";

interface FactsRow extends Omit<RefreshFacts, "payer" | "pagesRead" | "failure"> {
  failure: unknown;
  pagesRead: number | null;
  payerId: string | null;
  payerAwsAccountId: string | null;
  payerName: string | null;
  payerReadAt: Date | null;
}

/** Every connected account's refresh with its payer, where that is connected, and what asking has cost since `since`. */
export async function refreshFacts(tx: TenantTx, since: Date): Promise<RefreshFacts[]> {
  const rows = await tx.$queryRaw<FactsRow[]>`
    select a."id" as "accountId", a."awsAccountId", a."name", a."pausedAt", r."dueAt", r."leaseUntil", r."lastSuccessAt",
      r."outcome"::text as outcome, r."failure", (r."progress"->>'pagesRead')::int as "pagesRead", r."capUsd"::text as "capUsd",
      o."firstDay"::text as "firstDay",
      p."id" as "payerId", p."awsAccountId" as "payerAwsAccountId", p."name" as "payerName", p."lastSuccessAt" as "payerReadAt",
      coalesce(l.requests, 0)::int as "requestsThisMonth", coalesce(l.dollars, 0)::text as "dollarsThisMonth"
    from "AwsAccount" a join "CostRefresh" r on r."accountId" = a."id"
    left join "CostLinked" o on o."accountId" = a."id" and o."isOwn"
    left join lateral (${payerOf(Prisma.sql`a`)}) p on true
    left join lateral (
      select sum("requests") as requests, sum("dollars") as dollars from "CostLedger" l
      where l."awsAccountId" = a."awsAccountId" and l."askedAt" >= ${since}) l on true
    order by a."name", a."id"`;
  return rows.map(({ payerId, payerAwsAccountId, payerName, payerReadAt, failure, ...row }) => ({
    ...row,
    // Only `toFailure` writes the column.
    failure: failure as Failure | null,
    payer: payerId
      ? { accountId: payerId, awsAccountId: payerAwsAccountId!, name: payerName!, lastSuccessAt: payerReadAt }
      : null,
  }));
}

/**
 * The connected payer that tells of account `a` and can still be read: paused and long failing ones do not count. Nor does one that has
 * told nothing of `a` for a week: `a` may have left its organisation. Where it only cost nothing, asking it itself costs cents.
 */
function payerOf(a: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select p."id", p."awsAccountId", p."name", pr."lastSuccessAt"
    from "CostLinked" told join "AwsAccount" p on p."id" = told."accountId" join "CostRefresh" pr on pr."accountId" = p."id"
      join "CostLinked" own on own."accountId" = p."id" and own."isOwn"
    where told."awsAccountId" = ${a}."awsAccountId" and not told."isOwn" and p."pausedAt" is null
      and pr."lastSuccessAt" > now() - interval '36 hours'
      and told."lastDay" >= own."lastDay" - 7
    order by p."id" limit 1`;
}

/** Whether a connected payer tells of this account, so that it need not be asked. */
export async function isCovered(tx: TenantTx, accountId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select p."id" from "AwsAccount" a join lateral (${payerOf(Prisma.sql`a`)}) p on true where a."id" = ${accountId}`;
  return rows.length > 0;
}

/**
 * Whether another due account is this one's payer, or may be: one that was known to tell of it, or, once this one's first page told of
 * itself alone, one that tells of others or was not asked yet. Nobody knows a payer before it is asked.
 */
export async function isPayerDue(tx: TenantTx, accountId: string): Promise<boolean> {
  const tellsOfOthers = (account: Prisma.Sql) => Prisma.sql`(
    exists (select 1 from "CostLinked" l where l."accountId" = ${account}."id" and not l."isOwn")
    or exists (
      select 1 from "CostPage" p, jsonb_array_elements(p."body"->'rows') told
      where p."accountId" = ${account}."id" and p."step" = 'SERVICE_ACCOUNT' and told->>2 <> ${account}."awsAccountId"))`;
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from "AwsAccount" me
      join "AwsAccount" a on a."tenantId" = me."tenantId" and a."id" <> me."id" and a."pausedAt" is null
      join "CostRefresh" r on r."accountId" = a."id" and r."dueAt" <= now()
    where me."id" = ${accountId} and (
      exists (
        select 1 from "CostLinked" told
        where told."accountId" = a."id" and told."awsAccountId" = me."awsAccountId" and not told."isOwn")
      or exists (select 1 from "CostPage" first where first."accountId" = me."id")
        and not ${tellsOfOthers(Prisma.sql`me`)}
        and (r."lastSuccessAt" is null and r."progress" is null or ${tellsOfOthers(Prisma.sql`a`)}))
    limit 1`;
  return rows.length > 0;
}

/** What asking an AWS account has cost since `since`, in dollars. */
export async function spentSince(tx: TenantTx, awsAccountId: string, since: Date): Promise<string> {
  const [row] = await tx.$queryRaw<{ dollars: string }[]>`
    select coalesce(sum("dollars"), 0)::text as dollars from "CostLedger"
    where "awsAccountId" = ${awsAccountId} and "askedAt" >= ${since}`;
  return row?.dollars ?? "0";
}
