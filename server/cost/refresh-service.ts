import { statementFor } from "../accounts/role-policy";
import { record } from "../audit/record";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { notFound } from "../errors";
import { currentTraceparent } from "../tracing";
import { daysRead } from "./entry-queries";
import { accountOf, freshnessOf } from "./freshness";
import type { CapInput, CostScope } from "./input";
import { amount, dollars, sum } from "./money";
import { addDays, dayOf, monthStart } from "./range";
import { refreshFacts } from "./refresh-queries";
import { mayAskAgainAt } from "./schedule";
import { knownAccounts, resolveScope } from "./scope";
import type { CostAccount, CostFreshness, CostLedgerView, CostRefreshRequest } from "./views";

/** So many days back a day may still be estimated; AWS settles a month in the first days of the next. */
const ESTIMATED_WITHIN_DAYS = 70;
const LEDGER_ROWS = 200;

/** How current the costs of the accounts in question are, how complete, and what asking has cost. */
export async function costFreshness(
  ctx: RoomContext,
  { accountIds }: Pick<CostScope, "accountIds">,
  now = new Date(),
): Promise<CostFreshness> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, await knownAccounts(tx));
    return (await sourcesOf(tx, awsAccountIds, now)).freshness;
  });
}

/** The accounts whose read costs are behind figures over `awsAccountIds` (null: all), and how those stand. */
export async function sourcesOf(
  tx: TenantTx,
  awsAccountIds: string[] | null,
  now: Date,
): Promise<{ freshness: CostFreshness; accountIds: string[] }> {
  const all = await accountStates(tx, now);
  const told = await tx.costLinked.findMany({
    where: awsAccountIds ? { awsAccountId: { in: awsAccountIds } } : {},
    select: { accountId: true },
  });
  const tellers = new Set(told.map(({ accountId }) => accountId));
  const isAsked = ({ accountId, awsAccountId }: CostAccount) =>
    !awsAccountIds || awsAccountIds.includes(awsAccountId) || tellers.has(accountId);
  const accounts = all.filter(isAsked);
  const accountIds = accounts
    .filter(({ state, asOf }) => state !== "covered" && asOf !== null)
    .map(({ accountId }) => accountId);
  const today = dayOf(now);
  const days = await daysRead(
    tx,
    { start: addDays(today, -ESTIMATED_WITHIN_DAYS), end: addDays(today, 1) },
    accountIds,
  );
  return {
    accountIds,
    freshness: freshnessOf(accounts, {
      lastDay: days.at(-1)?.day ?? null,
      estimatedDays: days.filter(({ isEstimated }) => isEstimated).map(({ day }) => day),
      now,
    }),
  };
}

async function accountStates(tx: TenantTx, now: Date): Promise<CostAccount[]> {
  const facts = await refreshFacts(tx, new Date(monthStart(dayOf(now))));
  return facts.map((account) => accountOf(account, now, statementFor));
}

/** What asking has cost this month, request by request: of every connected account, and of those that were asked and are gone. */
export async function costLedger(ctx: RoomContext, now = new Date()): Promise<CostLedgerView> {
  const since = new Date(monthStart(dayOf(now)));
  return forTenant(ctx.tenantId, async (tx) => {
    const connected = await accountStates(tx, now);
    const known = await knownAccounts(tx);
    const sums = await tx.costLedger.groupBy({
      by: ["awsAccountId"],
      where: { askedAt: { gte: since } },
      _count: true,
      _sum: { requests: true, dollars: true },
      orderBy: { awsAccountId: "asc" },
    });
    const rows = await tx.costLedger.findMany({
      where: { askedAt: { gte: since } },
      orderBy: [{ askedAt: "desc" }, { id: "asc" }],
      take: LEDGER_ROWS,
      omit: { tenantId: true },
    });
    const gone = sums.filter((asked) => !connected.some(({ awsAccountId }) => awsAccountId === asked.awsAccountId));
    return {
      month: dayOf(now).slice(0, 7),
      requests: sums.reduce((total, { _sum }) => total + (_sum.requests ?? 0), 0),
      dollars: dollars(sum(sums.map(({ _sum }) => amount(_sum.dollars?.toString() ?? "0")))),
      accounts: [
        ...connected.map(({ awsAccountId, accountId, name, requestsThisMonth, dollarsThisMonth, capUsd }) => ({
          ...{ awsAccountId, accountId, name, capUsd },
          requests: requestsThisMonth,
          dollars: dollarsThisMonth,
        })),
        ...gone.map(({ awsAccountId, _sum }) => ({
          awsAccountId,
          accountId: null,
          name: known.find((account) => account.awsAccountId === awsAccountId)?.name ?? awsAccountId,
          requests: _sum.requests ?? 0,
          dollars: dollars(_sum.dollars?.toString() ?? "0"),
          capUsd: null,
        })),
      ],
      rowsTotal: sums.reduce((total, { _count }) => total + _count, 0),
      rows: rows.map((row) => ({ ...row, dollars: dollars(row.dollars.toString()) })),
    };
  });
}

/**
 * Asks for newer figures: makes the refresh of each account due now, where the schedule and the cap allow it, and says of
 * each what came of it. However often it is asked, an account is read once.
 */
export async function requestRefresh(
  ctx: RoomContext,
  { accountIds }: Pick<CostScope, "accountIds">,
  now = new Date(),
): Promise<CostRefreshRequest[]> {
  return forTenant(ctx.tenantId, async (tx) => {
    const { awsAccountIds } = await resolveScope(tx, { accountIds }, await knownAccounts(tx));
    const { freshness } = await sourcesOf(tx, awsAccountIds, now);
    const answers = [];
    for (const account of freshness.accounts) answers.push(await requestOne(tx, account, now));
    await record(tx, ctx, {
      action: "cost.refresh",
      target: awsAccountIds ? awsAccountIds.join(", ") : "all accounts",
      detail: { queued: answers.filter(({ isQueued }) => isQueued).map(({ name }) => name) },
    });
    return answers;
  });
}

async function requestOne(tx: TenantTx, account: CostAccount, now: Date): Promise<CostRefreshRequest> {
  const { accountId, name, state, reason, nextAt } = account;
  const told = { accountId, name, isQueued: false, nextAt };
  if (state === "paused" || state === "covered" || state === "capped") return { ...told, reason };
  if (state === "reading") return { ...told, reason: "It is being read now." };
  if (nextAt && nextAt <= now) return { ...told, isQueued: true, reason: "It is due already." };
  const refresh = await tx.costRefresh.findUniqueOrThrow({ where: { accountId }, select: { startedAt: true } });
  const again = mayAskAgainAt(refresh.startedAt);
  if (again > now)
    return {
      ...told,
      reason:
        "It was read in this half of the UTC day already. Every question to Cost Explorer is paid, so an account is asked once before noon and once after it.",
    };
  await tx.costRefresh.update({
    where: { accountId },
    data: { dueAt: now, attempts: 0, traceparent: currentTraceparent() },
  });
  return { ...told, isQueued: true, reason: null, nextAt: now };
}

/** Sets what asking an account may cost a calendar month. A refresh that waits for the cap is due again. */
export async function setCap(ctx: RoomContext, { accountId, capUsd }: CapInput, now = new Date()): Promise<void> {
  await forTenant(ctx.tenantId, async (tx) => {
    const { count } = await tx.costRefresh.updateMany({ where: { accountId }, data: { capUsd } });
    const account = await tx.awsAccount.findUnique({ where: { id: accountId } });
    if (!account || count === 0) throw notFound("This account");
    await tx.costRefresh.updateMany({ where: { accountId, outcome: "CAPPED" }, data: { dueAt: now, attempts: 0 } });
    const target = `${account.name} (${account.awsAccountId})`;
    await record(tx, ctx, { action: "cost.setCap", targetId: accountId, target, detail: { capUsd: String(capUsd) } });
  });
}
