/** Pure: what an ignore rule is made for, from the difference that somebody is tired of. */
import type { RouterInputs } from "@/server/routers";
import type { IgnoreRuleView } from "@/server/drift/views";

export type IgnoreScopeInput = RouterInputs["drift"]["ignoreRules"]["preview"];

/** Where the difference was seen. */
export interface IgnoreSubject {
  accountId: string;
  accountName: string;
  stackId: string;
  stackName: string;
  resourceType: string;
  logicalId: string;
  /** null: the resource as a whole. */
  path: string | null;
}

export type IgnoreReach = "resource" | "stackType" | "accountType" | "everyType";

/** Four reaches, from this one resource to its kind everywhere. */
export function reaches({ accountName, stackName, resourceType, logicalId }: IgnoreSubject): [IgnoreReach, string][] {
  return [
    ["resource", `Only ${logicalId} in ${stackName}`],
    ["stackType", `Every ${resourceType} in ${stackName}`],
    ["accountType", `Every ${resourceType} in ${accountName}`],
    ["everyType", `Every ${resourceType} in every account`],
  ];
}

/** The rule's scope for a reach; without a path everything of these resources is meant. */
export function scopeFor(subject: IgnoreSubject, reach: IgnoreReach, path: string): IgnoreScopeInput {
  const { accountId, stackId, resourceType, logicalId } = subject;
  const what = { ...(path.trim() && { propertyPath: path.trim() }) };
  switch (reach) {
    case "resource":
      return { stackId, logicalId, ...what };
    case "stackType":
      return { stackId, resourceType, ...what };
    case "accountType":
      return { accountId, resourceType, ...what };
    case "everyType":
      return { resourceType, ...what };
  }
}

/** A rule's scope as one line: "/Tags[LastScanned] of every AWS::S3::Bucket in Production". */
export function scopeText(
  rule: Pick<
    IgnoreRuleView,
    "propertyPath" | "logicalId" | "resourceType" | "stackName" | "accountName" | "stackId" | "accountId"
  >,
): string {
  const what = rule.propertyPath ? `${rule.propertyPath} of ` : "Everything of ";
  const kind = rule.resourceType && (rule.logicalId ? ` (${rule.resourceType})` : `every ${rule.resourceType}`);
  const whose = rule.logicalId ? `${rule.logicalId}${kind ?? ""}` : (kind ?? "every resource");
  const where = [
    rule.stackId && (rule.stackName ?? "a stack that is gone"),
    rule.accountId && (rule.accountName ?? "an account that is gone"),
  ].filter(Boolean);
  return `${what}${whose}${where.length > 0 ? ` in ${where.join(", ")}` : ""}`;
}

const DAY_MS = 86_400_000;

export const expiries = [
  { value: "never", label: "Never", days: null },
  { value: "7", label: "In 7 days", days: 7 },
  { value: "30", label: "In 30 days", days: 30 },
  { value: "90", label: "In 90 days", days: 90 },
] as const;

export type Expiry = (typeof expiries)[number]["value"];

/** When a rule that is made now stops hiding. */
export function expiryAt(expiry: Expiry, now: Date): Date | undefined {
  const days = expiries.find(({ value }) => value === expiry)?.days;
  return days ? new Date(now.getTime() + days * DAY_MS) : undefined;
}
