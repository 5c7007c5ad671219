import { labelOf } from "../aws/collectors/index";
import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { env } from "../env";
import { notFound } from "../errors";
import { liveSyncs, recentSyncs } from "../resources/progress-queries";
import { fromJson } from "./connection-check";
import { statementFor } from "./role-policy";
import type { CellFacts } from "./gaps";
import { completenessOf, countOf, statusOf } from "./status";
import type { AccountDetail, AccountSummary, CellView, SyncProgress } from "./views";

/** Every connected account with its status, counts and completeness, by name. */
export async function listAccounts(ctx: RoomContext): Promise<AccountSummary[]> {
  return forTenant(ctx.tenantId, async (tx) => {
    const [accounts, cells, syncs] = await readAccounts(tx);
    return accounts.map((account) =>
      summaryOf(
        account,
        cells.filter(({ accountId }) => accountId === account.id),
        syncs.get(account.id) ?? null,
      ),
    );
  });
}

/** One account with its connection check, scan cells and recent syncs. */
export async function accountById(ctx: RoomContext, { accountId }: { accountId: string }): Promise<AccountDetail> {
  return forTenant(ctx.tenantId, async (tx) => {
    const [[account], cells, syncs] = await readAccounts(tx, accountId);
    if (!account) throw notFound("This account");
    return {
      ...summaryOf(account, cells, syncs.get(account.id) ?? null),
      externalId: account.externalId.value,
      check: fromJson(account.check),
      cells: cells.map(cellView),
      runs: await recentSyncs(tx, accountId),
      syncIntervalMinutes: env().SYNC_INTERVAL_MINUTES,
      nextSyncAt: account.pausedAt ? null : account.syncDueAt,
    };
  });
}

async function readAccounts(tx: TenantTx, accountId?: string) {
  const accounts = await tx.awsAccount.findMany({
    where: { id: accountId },
    include: { externalId: { select: { value: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const cells = await tx.scanCell.findMany({ where: { accountId }, orderBy: [{ type: "asc" }, { region: "asc" }] });
  return [accounts, cells, await liveSyncs(tx, accountId ? [accountId] : undefined)] as const;
}

type AccountRow = Awaited<ReturnType<typeof readAccounts>>[0][number];
type CellRow = Awaited<ReturnType<typeof readAccounts>>[1][number];

function summaryOf(account: AccountRow, cells: CellFacts[], sync: SyncProgress | null): AccountSummary {
  const options = { now: new Date(), syncIntervalMinutes: env().SYNC_INTERVAL_MINUTES, statement: statementFor };
  const completeness = completenessOf(cells, [account], options);
  return {
    id: account.id,
    awsAccountId: account.awsAccountId,
    name: account.name,
    roleArn: account.roleArn,
    region: account.region,
    ...statusOf(
      { ...account, check: fromJson(account.check), isSyncing: sync !== null, gaps: completeness.gaps },
      labelOf,
    ),
    createdAt: account.createdAt,
    pausedAt: account.pausedAt,
    checkedAt: account.checkedAt,
    resourceCount: countOf(cells),
    regionsEnabled: account.regionsReadAt ? account.regions.length : null,
    completeness,
    lastSyncedAt: completeness.asOf,
    sync,
  };
}

function cellView(cell: CellRow): CellView {
  const {
    id,
    type,
    region,
    state,
    resourceCount,
    lastSuccessAt,
    failureKind,
    failureCode,
    failureMessage,
    failureAction,
  } = cell;
  const kind = failureKind as NonNullable<CellView["failure"]>["kind"] | null;
  return {
    id,
    type,
    region,
    state,
    resourceCount,
    lastSuccessAt,
    lastAttemptAt: cell.finishedAt ?? cell.startedAt,
    durationMs: lastSuccessAt ? cell.expectedMs : null,
    failure: kind && {
      kind,
      code: failureCode ?? "",
      message: failureMessage ?? "",
      action: failureAction,
      statement: kind === "denied" && failureAction ? statementFor(failureAction, failureMessage) : null,
    },
  };
}
