import { collectors } from "./collectors/index";

/** A managed policy list and an inline document that scope a session down; empty for the role's full rights. */
export interface SessionPolicy {
  inline?: string;
  arns?: string[];
}

/** Who we are in the account, and where its regions are. */
export const identityActions = ["ec2:DescribeRegions", "sts:GetCallerIdentity"];

/** What the connection check reads about our own role, and about nothing else. */
export const selfCheckActions = ["iam:GetRolePolicy", "iam:ListRolePolicies", "iam:SimulatePrincipalPolicy"];

/** What the inventory reads: exactly what its collectors declare, and the tags of everything. */
export function inventoryActions(): string[] {
  return sorted([...collectors.flatMap(({ permissions }) => permissions), "tag:GetResources"]);
}

export const driftActions = [
  // AWS's own call in a detection, with the rights of whoever began it (CloudFormation User Guide, drift: considerations).
  "cloudformation:BatchDescribeTypeConfigurations",
  "cloudformation:DescribeStackDriftDetectionStatus",
  "cloudformation:DescribeStackResourceDrifts",
  // We list a stack's resources; the role that CloudGuard has always asked for may describe them too.
  "cloudformation:DescribeStackResources",
  "cloudformation:DescribeStacks",
  "cloudformation:DetectStackDrift",
  "cloudformation:DetectStackResourceDrift",
  "cloudformation:ListStackResources",
  "cloudformation:ListStacks",
];

export const billingActions = [
  "ce:GetCostAndUsage",
  "ce:GetCostForecast",
  // Never called, as each request is paid for; the role that CloudGuard has always asked for may.
  "ce:GetDimensionValues",
];

/**
 * What each kind of session may do at most, within what the role grants. Drift must not be scoped to a list of actions: a
 * detection reads whatever types the stack has, with our session's rights, so ReadOnlyAccess bounds it instead (the
 * role itself grants far less).
 */
export function sessionPolicies(): Record<"inventory" | "check" | "drift" | "billing", SessionPolicy> {
  return {
    inventory: { inline: inlineDocument([...inventoryActions(), ...identityActions]) },
    check: {},
    drift: { arns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"], inline: inlineDocument(driftActions) },
    billing: { inline: inlineDocument(billingActions) },
  };
}

function inlineDocument(actions: string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: sorted(actions), Resource: "*" }],
  });
}

function sorted(actions: string[]): string[] {
  return [...new Set(actions)].sort();
}
