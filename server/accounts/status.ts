/** Pure: what the scan cells of an account add up to. No I/O; `now` is an argument. */
import { gapsOf, storedFailure, type AccountFacts, type CellFacts } from "./gaps";
import type { StatementFor } from "./role-policy";
import type { AccountStatus, Completeness, ConnectionCheck, Gap } from "./views";

/** What a figure's cells add up to, and those of them that failed or lack their tags. */
export interface CellTotals {
  cellsTotal: number;
  cellsRead: number;
  asOf: Date | null;
  wanting: CellFacts[];
}

/** A read is stale when two syncs should have replaced it. */
export const STALE_AFTER_SYNCS = 2;

interface CompletenessOptions {
  now: Date;
  syncIntervalMinutes: number;
  statement: StatementFor;
}

/**
 * How complete a figure over `cells` of `accounts` is, as of when, and why not. `statement` writes the policy statement for an
 * action.
 */
export function completenessOf(
  cells: CellFacts[],
  accounts: AccountFacts[],
  options: CompletenessOptions,
): Completeness {
  const read = cells.flatMap(({ lastSuccessAt }) => lastSuccessAt ?? []);
  const wanting = cells.filter(({ failureKind, tagFailure }) => failureKind !== null || tagFailure !== null);
  const asOf = read.reduce<Date | null>((oldest, at) => (oldest && oldest <= at ? oldest : at), null);
  return completenessFrom({ cellsTotal: cells.length, cellsRead: read.length, asOf, wanting }, accounts, options);
}

/** The same where the cells were counted elsewhere: `asOf` is the oldest of their last successes. */
export function completenessFrom(
  { cellsTotal, cellsRead, asOf, wanting }: CellTotals,
  accounts: AccountFacts[],
  { now, syncIntervalMinutes, statement }: CompletenessOptions,
): Completeness {
  const staleBefore = now.getTime() - STALE_AFTER_SYNCS * syncIntervalMinutes * 60_000;
  const failing = wanting.filter(({ failureKind }) => failureKind !== null);
  const { accountsFailing, accountsWaiting } = troubled(accounts);
  const isKept = accountsFailing > 0 || failing.some(({ lastSuccessAt }) => lastSuccessAt !== null);
  return {
    cellsTotal,
    cellsRead,
    cellsFailing: failing.length,
    accountsFailing,
    accountsWaiting,
    isPartial: isPartialFrom({ cellsTotal, cellsRead, cellsFailing: failing.length }, accounts),
    asOf,
    isStale: asOf !== null && (isKept || asOf.getTime() < staleBefore),
    gaps: gapsOf(wanting, accounts, statement),
  };
}

/** Whether a figure over so many cells of `accounts` lacks any: what was never read, or not the last time. */
export function isPartialFrom(
  { cellsTotal, cellsRead, cellsFailing }: Pick<Completeness, "cellsTotal" | "cellsRead" | "cellsFailing">,
  accounts: Pick<AccountFacts, "failure" | "regionsReadAt">[],
): boolean {
  const { accountsFailing, accountsWaiting } = troubled(accounts);
  return cellsRead < cellsTotal || cellsFailing + accountsFailing + accountsWaiting > 0;
}

const troubled = (accounts: Pick<AccountFacts, "failure" | "regionsReadAt">[]) => ({
  accountsFailing: accounts.filter(({ failure }) => failure !== null).length,
  accountsWaiting: accounts.filter(({ failure, regionsReadAt }) => !failure && !regionsReadAt).length,
});

/** The sum over what was read; null where nothing was: the unread is not zero. */
export function countOf(cells: CellFacts[]): number | null {
  const read = cells.filter(({ resourceCount }) => resourceCount !== null);
  return read.length === 0 ? null : read.reduce((sum, { resourceCount }) => sum + (resourceCount ?? 0), 0);
}

/** The one word for an account, and the sentence behind it. `labelOf` names a type for people: "RDS instance". */
export function statusOf(
  account: {
    pausedAt: Date | null;
    /** As stored; see `storedFailure`. */
    failure: unknown;
    check: Pick<ConnectionCheck, "trust"> | null;
    isSyncing: boolean;
    gaps: Gap[];
  },
  labelOf: (type: string) => string,
): { status: AccountStatus; statusReason: string | null } {
  if (account.pausedAt)
    return { status: "paused", statusReason: "Paused: CloudGuard makes no call to this account until it is resumed." };
  const trouble = storedFailure(account.failure)?.message ?? account.check?.trust.problem;
  if (trouble) return { status: "error", statusReason: trouble };
  const missing = missingIn(account.gaps, labelOf);
  if (account.isSyncing) return { status: "scanning", statusReason: missing };
  return missing ? { status: "limited", statusReason: missing } : { status: "connected", statusReason: null };
}

/** So many are named before the rest are counted. */
const NAMED = 3;

function missingIn(gaps: Gap[], labelOf: (type: string) => string): string | null {
  const labels = [...new Set(gaps.flatMap(({ type }) => type ?? []))].map(labelOf);
  const regions = gaps.flatMap(({ subject, regions }) => (subject === "region" ? regions : []));
  const what = [
    labels.length > 0 && `the ${labels.length === 1 ? "type" : "types"} ${listed(labels)}`,
    regions.length > 0 && `${listed(regions)}, no longer enabled`,
    gaps.some(({ subject }) => subject === "tags") && "tags",
  ].filter(Boolean);
  return what.length > 0 ? `Could not read ${what.join(", nor ")}.` : null;
}

/** "a, b and c"; of many the first ones, and how many more. */
function listed(names: string[]): string {
  const more = names.length - NAMED;
  const shown = more > 0 ? [...names.slice(0, NAMED), `${more} more`] : names;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
