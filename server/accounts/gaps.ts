/** Pure: what could not be read of accounts, and why, as the failures that their rows keep. */
import type { Failure, FailureKind } from "../aws/failure";
import { refusingPolicy } from "./refusing-policy";
import type { StatementFor } from "./role-policy";
import type { Gap } from "./views";

/** The code of a cell whose region the account has disabled since it was read. Ours: AWS is not asked about it any more. */
export const REGION_DISABLED = "RegionDisabled";

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
  /** As stored; see `storedFailure`. */
  tagFailure: unknown;
}

export interface AccountFacts {
  id: string;
  awsAccountId: string;
  name: string;
  /** Why the role cannot be used at all, as stored; see `storedFailure`. */
  failure: unknown;
  /** When the role was last used to find the regions. */
  regionsReadAt: Date | null;
}

/** A failure that a row keeps as JSON. Only `toFailure`'s results are written there. */
export const storedFailure = (json: unknown) => json as Failure | null;

const worstFirst: FailureKind[] = [
  "untrusted",
  "denied",
  "expired",
  "invalid",
  "unavailable",
  "throttled",
  "notEnabled",
];

/**
 * One for each account, type and reason, however many regions it spoils. Worst first. `cells` may leave out those
 * that lack nothing; `statement` writes the policy statement for an action.
 */
export function gapsOf(cells: CellFacts[], accounts: AccountFacts[], statement: StatementFor): Gap[] {
  const gaps = new Map<string, Gap>();
  const note = (found: Found) => {
    const { accountId, subject, type, failure, region, lastSuccessAt } = found;
    const key = [accountId, subject, type, failure.kind, failure.code, failure.action, ...ownLine(found)].join(" ");
    const gap = gaps.get(key);
    if (gap) {
      if (region && !gap.regions.includes(region)) gap.regions.push(region);
      gap.lastSuccessAt = older(gap.lastSuccessAt, lastSuccessAt);
      return;
    }
    const account = accounts.find(({ id }) => id === accountId);
    const { kind, code, message, action } = failure;
    gaps.set(key, {
      ...{ accountId, awsAccountId: account?.awsAccountId ?? "", accountName: account?.name ?? "" },
      ...{ subject, type, kind, code, message, action, lastSuccessAt },
      regions: region ? [region] : [],
      statement: kind === "denied" && action ? statement(action, message) : null,
      refusedBy: kind === "denied" ? refusingPolicy(message) : null,
    });
  };
  for (const { id, failure, regionsReadAt } of accounts) {
    const stored = storedFailure(failure);
    if (stored)
      note({
        accountId: id,
        subject: "account",
        type: null,
        failure: stored,
        region: null,
        lastSuccessAt: regionsReadAt,
      });
  }
  for (const cell of cells) {
    const { accountId, type, region, lastSuccessAt } = cell;
    const failure = failureOf(cell);
    const isDisabled = failure?.code === REGION_DISABLED;
    if (failure && isDisabled) note({ accountId, subject: "region", type: null, failure, region, lastSuccessAt });
    else if (failure) note({ accountId, subject: "resources", type, failure, region, lastSuccessAt });
    const tags = storedFailure(cell.tagFailure);
    if (tags) note({ accountId, subject: "tags", type: null, failure: tags, region, lastSuccessAt });
  }
  return [...gaps.values()].sort(
    (a, b) => worstFirst.indexOf(a.kind) - worstFirst.indexOf(b.kind) || b.regions.length - a.regions.length,
  );
}

interface Found extends Pick<Gap, "accountId" | "subject" | "type" | "lastSuccessAt"> {
  failure: Pick<Failure, "kind" | "code" | "message" | "action">;
  region: string | null;
}

/** Regions that are no longer enabled are told of one by one: each is a decision of its own. */
const ownLine = ({ subject, region }: Found) => (subject === "region" ? [region] : []);

function failureOf({ failureKind, failureCode, failureMessage, failureAction }: CellFacts): Found["failure"] | null {
  if (!failureKind) return null;
  const kind = failureKind as FailureKind;
  return { kind, code: failureCode ?? "", message: failureMessage ?? "", action: failureAction };
}

/** Never read is older than anything. */
const older = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : null);
