/** Pure: which differences a rule hides. */
import { segmentsOf } from "./differences";
import type { IgnoreScope } from "./views";

/** A rule as far as matching needs it. */
export interface Rule extends IgnoreScope {
  id: string;
  reason: string;
  expiresAt: Date | null;
}

/** What may be ignored: one difference, or a deleted resource as a whole, whose path is empty. */
export interface Ignorable {
  accountId: string;
  stackId: string;
  type: string;
  logicalId: string;
  path: string;
  stablePath: string;
}

/** The first rule in force that hides `what`, or null. */
export function ruleFor<R extends Rule>(rules: R[], what: Ignorable, now: Date): R | null {
  return rules.find((rule) => isInForce(rule, now) && hides(rule, what)) ?? null;
}

export function isInForce({ expiresAt }: Pick<Rule, "expiresAt">, now: Date): boolean {
  return expiresAt === null || expiresAt > now;
}

/** True where every member that the scope names fits. A path hides what lies at it and below, and never a whole deletion. */
export function hides(scope: IgnoreScope, what: Ignorable): boolean {
  return (
    (scope.accountId === null || scope.accountId === what.accountId) &&
    (scope.stackId === null || scope.stackId === what.stackId) &&
    (scope.resourceType === null || scope.resourceType === what.type) &&
    (scope.logicalId === null || scope.logicalId === what.logicalId) &&
    (scope.propertyPath === null || liesBelow(scope.propertyPath, what))
  );
}

function liesBelow(pattern: string, { path, stablePath }: Ignorable): boolean {
  if (path === "") return false;
  const wanted = partsOf(pattern);
  return [path, stablePath].some((one) => {
    const parts = partsOf(one);
    return wanted.every((part, at) => parts[at] !== undefined && (part === "*" || part === parts[at]));
  });
}

/** `/Tags[Owner]/Value` is Tags, [Owner], Value: a key is a member of its list. A slash within a key is part of it. */
function partsOf(path: string): string[] {
  const keys: string[] = [];
  const plain = path.replace(/\[([^\]]*)\]/g, (_, key: string) => `/[${keys.push(key) - 1}]`);
  return segmentsOf(plain).map((part) =>
    part.replace(/^\[(\d+)\]$/, (whole, at: string) =>
      keys[Number(at)] === undefined ? whole : `[${keys[Number(at)]}]`,
    ),
  );
}
