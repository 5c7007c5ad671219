/** Pure: how much of a stack a detection could check, and what may be concluded from it. */
import type { StatementFor } from "../accounts/role-policy";
import type { Coverage, CoverageGap, DriftVerdict } from "./views";

/** What coverage needs to know of a resource. */
export interface Checked {
  logicalId: string;
  type: string;
  driftStatus: string;
  reason: string | null;
}

/** Counts what was checked; `resources` are all that the stack holds. `statement` makes the policy statement that grants an action. */
export function coverageOf(resources: Checked[], statement: StatementFor): Coverage {
  const count = (...statuses: string[]) => resources.filter(({ driftStatus }) => statuses.includes(driftStatus)).length;
  const [inSync, modified, deleted] = [count("IN_SYNC"), count("MODIFIED"), count("DELETED")];
  const [notChecked, unsupported] = [count("NOT_CHECKED"), count("UNSUPPORTED")];
  const checked = inSync + modified + deleted;
  return {
    total: resources.length,
    checked,
    inSync,
    modified,
    deleted,
    // A status that AWS has added since is not known to be good.
    unknown: resources.length - checked - notChecked - unsupported,
    notChecked,
    unsupported,
    unsupportedTypes: [...new Set(resources.filter(isUnsupported).map(({ type }) => type))].sort(),
    gaps: gapsOf(resources, statement),
  };
}

/**
 * Our conclusion. Green only when all that can be checked was checked and is in sync; differences that a rule ignores are
 * told apart; nothing checkable is its own state, which AWS calls IN_SYNC.
 */
export function verdictOf(
  { total, unsupported, unknown, notChecked, modified, deleted }: Coverage,
  { open, ignored }: { open: number; ignored: number },
): Exclude<DriftVerdict, "UNVERIFIED" | "NOT_CHECKED"> {
  // What AWS calls modified or deleted differs, though nothing may be known of how.
  if (open > 0 || (ignored === 0 && modified + deleted > 0)) return "DRIFTED";
  if (unknown + notChecked > 0) return "PARTIAL";
  if (ignored > 0) return "ALL_IGNORED";
  return total === unsupported ? "NOTHING_CHECKABLE" : "IN_SYNC";
}

/** "31 of 40 resources checked; 4 unknown: missing kms:ListResourceTags; 5 types have no drift support." */
export function coverageSentence(coverage: Coverage): string {
  const { total, checked, unknown, notChecked, unsupported, unsupportedTypes, gaps } = coverage;
  if (total === 0) return "The stack has no resources.";
  if (total === unsupported)
    return total === 1
      ? "Its one resource has no drift support, so nothing could be checked."
      : `None of the ${total} resources has drift support, so nothing could be checked.`;
  const parts = [checked === total ? `All ${counted(total)} checked` : `${checked} of ${counted(total)} checked`];
  if (unknown > 0) {
    const missing = [...new Set(gaps.flatMap(({ action }) => action ?? []))];
    parts.push(`${unknown} unknown${missing.length > 0 ? `: missing ${missing.join(", ")}` : ""}`);
  }
  if (notChecked > 0) parts.push(`${notChecked} not part of this detection`);
  if (unsupported > 0) parts.push(noSupport(unsupported, unsupportedTypes.length));
  return `${parts.join("; ")}.`;
}

/** Where each is of its own type, that many types have none. */
function noSupport(resources: number, types: number): string {
  if (resources === 1) return "1 has no drift support";
  if (types === resources) return `${types} types have no drift support`;
  return `${resources} of ${types === 1 ? "one type" : `${types} types`} have no drift support`;
}

/** The verdict in words. */
export function verdictSentence(
  verdict: DriftVerdict,
  coverage: Coverage | null,
  { drifted, ignored }: { drifted: number; ignored: number },
): string {
  const covered = coverage ? ` ${coverageSentence(coverage)}` : "";
  const hidden = ignored > 0 ? ` ${ignored} ${ignored === 1 ? "difference is" : "differences are"} ignored.` : "";
  switch (verdict) {
    case "DRIFTED":
      return coverage
        ? `${counted(drifted)} ${drifted === 1 ? "differs" : "differ"} from the template.${hidden}${covered}`
        : "AWS says that the stack has drifted. Detect drift to see what differs.";
    case "ALL_IGNORED":
      return `Whatever differs is ignored by a rule.${hidden}${covered}`;
    case "IN_SYNC":
      return `In sync with the template.${covered}`;
    case "PARTIAL":
      return `Nothing differs in what was checked, but not everything could be.${hidden}${covered}`;
    case "NOTHING_CHECKABLE":
      return covered.trim();
    case "UNVERIFIED":
      return "AWS's last word comes from a detection that CloudGuard has not seen, so what it covered is not known.";
    case "NOT_CHECKED":
      return "Drift has never been detected here.";
  }
}

function gapsOf(resources: Checked[], statement: StatementFor): CoverageGap[] {
  const known = new Set(["IN_SYNC", "MODIFIED", "DELETED", "NOT_CHECKED", "UNSUPPORTED"]);
  const gaps = new Map<string, CoverageGap>();
  for (const { logicalId, driftStatus, reason } of resources.filter((one) => !known.has(one.driftStatus))) {
    const text = reason ?? `AWS says ${driftStatus} without a reason.`;
    const actions = actionsIn(text);
    for (const action of actions.length > 0 ? actions : [null]) {
      const key = action ?? text;
      const granted = action && statement(action, text);
      const gap = gaps.get(key) ?? { action, statement: granted, reason: text, logicalIds: [] };
      gap.logicalIds.push(logicalId);
      gaps.set(key, gap);
    }
  }
  return [...gaps.values()].sort((a, b) => b.logicalIds.length - a.logicalIds.length);
}

/**
 * `kms:ListResourceTags` in "… is not authorized to perform: kms:ListResourceTags on resource …" or "kms:ListResourceTags is
 * needed …". ARNs have parts that look alike: `function:MyFunction`.
 */
function actionsIn(reason: string): string[] {
  if (!/\bperform\b|\bneeded\b/.test(reason)) return [];
  const actions = reason.replaceAll(/\barn:\S+/g, "").matchAll(/\b[a-z][a-z0-9-]+:[A-Z]\w+/g);
  return [...new Set([...actions].map(([action]) => action))];
}

const isUnsupported = ({ driftStatus }: Checked) => driftStatus === "UNSUPPORTED";

const counted = (resources: number) => `${resources} ${resources === 1 ? "resource" : "resources"}`;
