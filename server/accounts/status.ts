/** Pure: what the scan cells of an account add up to. No I/O; `now` is an argument. */
import type { FailureKind } from "../aws/failure";
import { refusingPolicy } from "./refusing-policy";
import type { StatementFor } from "./role-policy";
import type { AccountStatus, Completeness, Gap } from "./views";

/** What completeness needs to know of a cell. */
export interface CellFacts {
  accountId: string;
  type: string;
  region: string;
  state: string;
  resourceCount: number | null;
  lastSuccessAt: Date | null;
  failureKind: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  failureAction: string | null;
}

/** What a figure's cells add up to, and those of them that failed. */
export interface CellTotals {
  cellsTotal: number;
  cellsRead: number;
  asOf: Date | null;
  failing: CellFacts[];
}

export interface AccountFacts {
  id: string;
  awsAccountId: string;
  name: string;
}

/** A read is stale when two syncs should have replaced it. */
export const STALE_AFTER_SYNCS = 2;

interface CompletenessOptions {
  now: Date;
  syncIntervalMinutes: number;
  statement: StatementFor;
}

/** How complete a figure over `cells` is, as of when, and why not. `statement` writes the policy statement for an action. */
export function completenessOf(
  cells: CellFacts[],
  accounts: AccountFacts[],
  options: CompletenessOptions,
): Completeness {
  const read = cells.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const failing = cells.filter(({ failureKind }) => failureKind !== null);
  const asOf = read.reduce<Date | null>((oldest, at) => (oldest && oldest <= at ? oldest : at), null);
  return completenessFrom({ cellsTotal: cells.length, cellsRead: read.length, asOf, failing }, accounts, options);
}

/** The same where the cells were counted elsewhere: `asOf` is the oldest of their last successes. */
export function completenessFrom(
  { cellsTotal, cellsRead, asOf, failing }: CellTotals,
  accounts: AccountFacts[],
  { now, syncIntervalMinutes, statement }: CompletenessOptions,
): Completeness {
  const staleBefore = now.getTime() - STALE_AFTER_SYNCS * syncIntervalMinutes * 60_000;
  return {
    cellsTotal,
    cellsRead,
    cellsFailing: failing.length,
    asOf,
    isStale: asOf !== null && asOf.getTime() < staleBefore,
    gaps: gapsOf(failing, accounts, statement),
  };
}

const worstFirst: FailureKind[] = [
  "untrusted",
  "denied",
  "expired",
  "invalid",
  "unavailable",
  "throttled",
  "notEnabled",
];

/** The failures, one line for each account, type and reason, however many regions it fails in. Worst first. */
function gapsOf(cells: CellFacts[], accounts: AccountFacts[], statement: StatementFor): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const cell of cells) {
    if (!cell.failureKind) continue;
    const key = [cell.accountId, cell.type, cell.failureKind, cell.failureCode, cell.failureAction].join(" ");
    const gap = gaps.get(key);
    if (gap) {
      gap.regions.push(cell.region);
      gap.lastSuccessAt = older(gap.lastSuccessAt, cell.lastSuccessAt);
      continue;
    }
    const account = accounts.find(({ id }) => id === cell.accountId);
    gaps.set(key, {
      accountId: cell.accountId,
      awsAccountId: account?.awsAccountId ?? "",
      accountName: account?.name ?? "",
      kind: cell.failureKind as FailureKind,
      type: cell.type,
      regions: [cell.region],
      code: cell.failureCode ?? "",
      message: cell.failureMessage ?? "",
      action: cell.failureAction,
      statement:
        cell.failureKind === "denied" && cell.failureAction ? statement(cell.failureAction, cell.failureMessage) : null,
      refusedBy: cell.failureKind === "denied" ? refusingPolicy(cell.failureMessage ?? "") : null,
      lastSuccessAt: cell.lastSuccessAt,
    });
  }
  return [...gaps.values()].sort(
    (a, b) => worstFirst.indexOf(a.kind) - worstFirst.indexOf(b.kind) || b.regions.length - a.regions.length,
  );
}

/** Never read is older than anything. */
const older = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : null);

/** The sum over what was read; null where nothing was: the unread is not zero. */
export function countOf(cells: CellFacts[]): number | null {
  const read = cells.filter(({ resourceCount }) => resourceCount !== null);
  return read.length === 0 ? null : read.reduce((sum, { resourceCount }) => sum + (resourceCount ?? 0), 0);
}

/** The one word for an account, and the sentence behind it. `labelOf` names a type for people: "RDS instance". */
export function statusOf(
  account: {
    pausedAt: Date | null;
    failure: { message: string } | null;
    isSyncing: boolean;
    gaps: Gap[];
  },
  labelOf: (type: string) => string,
): { status: AccountStatus; statusReason: string | null } {
  if (account.pausedAt)
    return { status: "paused", statusReason: "Paused: CloudGuard makes no call to this account until it is resumed." };
  if (account.failure) return { status: "error", statusReason: account.failure.message };
  const [first, ...others] = new Set(account.gaps.map(({ type }) => type));
  const missing = first
    ? `Could not read ${others.length === 0 ? `the type ${labelOf(first)}` : `${others.length + 1} resource types`}.`
    : null;
  if (account.isSyncing) return { status: "scanning", statusReason: missing };
  return missing ? { status: "limited", statusReason: missing } : { status: "connected", statusReason: null };
}
