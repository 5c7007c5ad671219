/** Pure: a detection's findings as they stand under today's ignore rules. */
import type { FoundResource, StoredDifference } from "./assess";
import { ruleFor, type Ignorable, type Rule } from "./ignoring";
import { judge, rankOf, worst } from "./severity";
import type { DriftSeverity, IgnoredBy } from "./views";

export interface JudgedDifference extends StoredDifference {
  severity: DriftSeverity;
  because: string;
  ignoredBy: IgnoredBy | null;
}

export interface JudgedResource extends Omit<FoundResource, "differences"> {
  differences: JudgedDifference[];
  /** Of what is not ignored. */
  severity: DriftSeverity | null;
  /** Of a deleted resource. */
  ignoredBy: IgnoredBy | null;
}

export interface Judgement {
  /** The worst first. */
  resources: JudgedResource[];
  severity: DriftSeverity | null;
  /** Resources with something that is not ignored. */
  drifted: number;
  /** A deleted resource counts as one difference. */
  open: number;
  ignored: number;
  /** Of those that are not ignored. */
  fresh: number;
}

/** Applies severities and rules to what was found in the stack at `place`. */
export function judged(
  found: FoundResource[],
  place: { accountId: string; stackId: string },
  rules: Rule[],
  now: Date,
): Judgement {
  const resources = found.map((resource) => judgedResource(resource, place, rules, now));
  const verdicts = resources.flatMap((resource) => [
    ...resource.differences,
    ...(resource.driftStatus === "DELETED" ? [{ ignoredBy: resource.ignoredBy, isNew: resource.isNew }] : []),
  ]);
  return {
    resources: resources.sort(byWeight),
    severity: worst(resources.map(({ severity }) => severity)),
    drifted: resources.filter(({ severity }) => severity !== null).length,
    open: verdicts.filter(({ ignoredBy }) => !ignoredBy).length,
    ignored: verdicts.filter(({ ignoredBy }) => ignoredBy).length,
    fresh: verdicts.filter(({ ignoredBy, isNew }) => !ignoredBy && isNew).length,
  };
}

function judgedResource(
  resource: FoundResource,
  place: { accountId: string; stackId: string },
  rules: Rule[],
  now: Date,
): JudgedResource {
  const { type, logicalId } = resource;
  const ignoring = (path: string, stablePath: string): IgnoredBy | null => {
    const what: Ignorable = { ...place, type, logicalId, path, stablePath };
    const rule = ruleFor(rules, what, now);
    return rule && { ruleId: rule.id, reason: rule.reason };
  };
  const differences = resource.differences.map((difference) => ({
    ...difference,
    ...judge(difference, resource),
    ignoredBy: ignoring(difference.path, difference.stablePath),
  }));
  const isDeleted = resource.driftStatus === "DELETED";
  const ignoredBy = isDeleted ? ignoring("", "") : null;
  const deletion =
    isDeleted && !ignoredBy ? [judge({ path: "", stablePath: "", actual: null }, resource).severity] : [];
  return {
    ...resource,
    differences: differences.sort((a, b) => rankOf(b.severity) - rankOf(a.severity)),
    ignoredBy,
    severity: worst([...deletion, ...differences.filter((one) => !one.ignoredBy).map(({ severity }) => severity)]),
  };
}

/** What differs by its severity, then what is not known, then what is well. */
function byWeight(a: JudgedResource, b: JudgedResource): number {
  const weight = ({ severity, driftStatus, differences }: JudgedResource) =>
    severity ? 10 + rankOf(severity) : differences.length > 0 ? 9 : (statusWeight[driftStatus] ?? 5);
  return weight(b) - weight(a) || a.logicalId.localeCompare(b.logicalId);
}

const statusWeight: Record<string, number> = { DELETED: 8, UNKNOWN: 4, NOT_CHECKED: 3, UNSUPPORTED: 2, IN_SYNC: 1 };
