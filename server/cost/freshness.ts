/** Pure: how each account's costs stand, and what that makes of a figure over several. */
import type { StatementFor } from "../accounts/role-policy";
import type { Failure } from "../aws/failure";
import { amount, dollars, sum } from "./money";
import { daysBetween, historyStart } from "./range";
import { fewestRequests } from "./refresh-plan";
import { isStale } from "./schedule";
import type { CostAccount, CostAccountState, CostFreshness } from "./views";

/** What is stored of a connected account and its refresh. */
export interface RefreshFacts {
  accountId: string;
  awsAccountId: string;
  name: string;
  pausedAt: Date | null;
  dueAt: Date | null;
  leaseUntil: Date | null;
  lastSuccessAt: Date | null;
  outcome: "READ" | "COVERED" | "CAPPED" | "FAILED" | null;
  failure: Failure | null;
  pagesRead: number | null;
  /** The first day that was read of it; null where none was. */
  firstDay: string | null;
  capUsd: string;
  /** The connected payer that tells of it too. */
  payer: { accountId: string; awsAccountId: string; name: string; lastSuccessAt: Date | null } | null;
  requestsThisMonth: number;
  dollarsThisMonth: string;
}

export function accountOf(facts: RefreshFacts, now: Date, statement: StatementFor): CostAccount {
  const state = stateOf(facts, now);
  const { accountId, awsAccountId, name, pausedAt, payer, failure, requestsThisMonth, dollarsThisMonth } = facts;
  return {
    accountId,
    awsAccountId,
    name,
    state,
    reason: reasonOf(state, facts) ?? shortHistory(facts, now),
    statement: state === "barred" && failure?.action ? statement(failure.action, failure.message) : null,
    asOf: state === "covered" ? (payer?.lastSuccessAt ?? facts.lastSuccessAt) : facts.lastSuccessAt,
    coveredBy: state === "covered" && payer ? pick(payer) : null,
    nextAt: pausedAt ? null : facts.dueAt,
    pagesRead: state === "reading" ? (facts.pagesRead ?? 0) : null,
    requestsThisMonth,
    dollarsThisMonth: dollars(dollarsThisMonth),
    capUsd: dollars(facts.capUsd),
  };
}

function stateOf(
  { pausedAt, leaseUntil, outcome, failure, lastSuccessAt, payer }: RefreshFacts,
  now: Date,
): CostAccountState {
  const isReading = leaseUntil !== null && leaseUntil > now;
  // Also before its own next slot says so, and while it is paused or refused: its costs come by its payer.
  if (payer && !isReading) return "covered";
  if (pausedAt) return "paused";
  if (isReading) return "reading";
  if (outcome === "CAPPED") return "capped";
  if (outcome === "FAILED" && failure) return failureState(failure);
  if (!lastSuccessAt) return "waiting";
  return isStale(lastSuccessAt, now) ? "stale" : "fresh";
}

/** AWS's own words: "User not enabled for cost explorer access" comes as a denial, DataUnavailable from a new account. */
function failureState({ kind, code }: Failure): CostAccountState {
  if (code.startsWith("DataUnavailable")) return "noData";
  if (kind === "notEnabled") return "notEnabled";
  return kind === "denied" ? "barred" : "failing";
}

function reasonOf(state: CostAccountState, facts: RefreshFacts): string | null {
  const { payer, failure, lastSuccessAt } = facts;
  switch (state) {
    case "fresh":
    case "reading":
      return null;
    case "stale":
      return "Its costs should have been read since. The next refresh is due.";
    case "waiting":
      return "Its costs have not been read yet. The first refresh is due.";
    case "covered":
      return `Its costs come with those of its payer, ${payer?.name}, so it is not asked itself.`;
    case "capped":
      return `${lackOfRoom(facts)} It is read again next month, or once the cap is raised.`;
    case "barred":
      return `Cost Explorer refuses this account${failure?.action ? ` (${failure.action})` : ""}. Add the permission to the role; where the role has it, the payer has switched Cost Explorer off for its members, or a service control policy denies it.`;
    case "notEnabled":
      return "Cost Explorer was never enabled in this account. Open it once in AWS's billing console; the first data comes about 24 hours later.";
    case "noData":
      return "AWS has no cost data for this account yet. A new account has some after about 24 hours.";
    case "failing":
      return `AWS did not tell its costs: ${sentence(failure?.message ?? "it gave no reason")} It is tried again by itself.`;
    case "paused":
      return lastSuccessAt ? "Paused: its costs stay as they were last read." : "Paused: its costs were never read.";
  }
}

/** A refresh is not begun where the cap would end it half-way: what it had asked for would be paid for in vain. */
function lackOfRoom({ capUsd, dollarsThisMonth, pagesRead }: RefreshFacts): string {
  const cap = `this month's cap of $${dollars(capUsd)} for asking`;
  const left = amount(capUsd).minus(dollarsThisMonth);
  if (left.lt(CENT)) return `T${cap.slice(1)} is spent.`;
  const needed = amount(CENT).times(fewestRequests(pagesRead));
  return `Of ${cap} $${dollars(left)} is left, and a refresh takes $${dollars(needed)} at least.`;
}

const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);

/** Where AWS did not tell all that it usually keeps. */
function shortHistory({ firstDay }: RefreshFacts, now: Date): string | null {
  return firstDay && firstDay > historyStart(now) ? `AWS tells its costs since ${firstDay} only.` : null;
}

/** What a request costs, in dollars. */
const CENT = "0.01";

/** How many days an account may lie behind the others before figures are made without it. */
const LEFT_OUT_AFTER_DAYS = 7;

/**
 * Those accounts that are not far behind the one that was read last, or where days until `until` alone are in question, behind that.
 * Behind that one, and not behind today: a halt of all leaves none out.
 */
export function stillRead(accounts: readonly { accountId: string; lastDay: string }[], until?: string): string[] {
  const newest = accounts.reduce((newest, { lastDay }) => (lastDay > newest ? lastDay : newest), "");
  const due = until && until < newest ? until : newest;
  return accounts.flatMap(({ accountId, lastDay }) =>
    daysBetween(lastDay, due) <= LEFT_OUT_AFTER_DAYS ? accountId : [],
  );
}

/** Of the accounts in question. `estimatedDays` and `lastDay` are what was read of them. */
export function freshnessOf(
  accounts: CostAccount[],
  { lastDay, estimatedDays, now }: { lastDay: string | null; estimatedDays: string[]; now: Date },
): CostFreshness {
  const read = accounts.flatMap(({ asOf }) => (asOf ? [asOf] : []));
  const asOf = read.reduce<Date | null>((oldest, at) => (oldest && oldest <= at ? oldest : at), null);
  return {
    asOf,
    isStale: isStale(asOf, now),
    accountsRead: read.length,
    accountsTotal: accounts.length,
    lastDay,
    estimatedDays,
    askedThisMonth: accounts.reduce((total, { requestsThisMonth }) => total + requestsThisMonth, 0),
    dollarsThisMonth: dollars(sum(accounts.map(({ dollarsThisMonth }) => amount(dollarsThisMonth)))),
    accounts,
  };
}

function pick({ accountId, awsAccountId, name }: { accountId: string; awsAccountId: string; name: string }) {
  return { accountId, awsAccountId, name };
}
