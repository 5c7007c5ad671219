import { billingActions, driftActions, identityActions, inventoryActions, selfCheckActions } from "../aws/permissions";
import { refusingPolicy } from "./refusing-policy";

/** The day of the last change to any action below. A role whose Sids carry an older day is out of date. */
export const POLICY_VERSION = "20261126";

type PolicyFeature = "inventory" | "drift" | "billing";

export interface RolePolicy {
  feature: PolicyFeature;
  /** The inline policy's name on the role. */
  name: string;
  version: string;
  actions: string[];
  document: PolicyDocument;
}

interface PolicyDocument {
  Version: "2012-10-17";
  Statement: { Sid: string; Effect: "Allow"; Action: string[]; Resource: unknown }[];
}

/** Which role the policies are for; `ownRole` where its ARN is an expression, as in a template. */
export interface RoleIdentity {
  ownRole?: unknown;
  awsAccountId?: string;
  roleName?: string;
}

/**
 * The three policies of the customer's role, generated from what collectors and features declare, read-only but for
 * starting detections, and each with a dated Sid by which a later check knows its version.
 */
export function rolePolicies({
  ownRole,
  awsAccountId = "*",
  roleName = DEFAULT_ROLE_NAME,
}: RoleIdentity = {}): RolePolicy[] {
  const inventory = [...new Set([...inventoryActions(), ...identityActions])].sort();
  return [
    policy("inventory", "CloudGuardInventory", inventory, [
      // Its own role and nothing else in IAM.
      {
        Sid: `CloudGuardSelfCheck${POLICY_VERSION}`,
        Effect: "Allow",
        Action: selfCheckActions,
        Resource: ownRole ?? `arn:aws:iam::${awsAccountId}:role/${roleName}`,
      },
    ]),
    policy("drift", "CloudGuardDrift", driftActions),
    policy("billing", "CloudGuardBilling", billingActions),
  ];
}

export const DEFAULT_ROLE_NAME = "CloudGuardMonitoringRole";

/**
 * The statement that grants `action`, ready to paste into the role's policy; null where AWS's words in `refusal` say that
 * another policy denies it, which no statement overrules.
 */
export function statementFor(action: string, refusal: string | null, resource = "*"): string | null {
  return refusal && refusingPolicy(refusal) ? null : statementOf(action, resource);
}

/** For pure functions, which are given how a statement is written. */
export type StatementFor = typeof statementFor;

function statementOf(action: string, resource: string): string {
  const name = action.replace(/[^A-Za-z0-9]/g, "");
  return JSON.stringify(
    {
      Sid: `CloudGuard${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      Effect: "Allow",
      Action: action,
      Resource: resource,
    },
    null,
    2,
  );
}

/**
 * The version that a role's policy documents carry: the oldest dated Sid of ours, as an update may have reached only some
 * of them. Null where none is ours.
 */
export function versionIn(documents: string[]): string | null {
  const dates = documents.flatMap((document) =>
    [...document.matchAll(/"CloudGuard(?:Inventory|SelfCheck|Drift|Billing)(\d{8})"/g)].map((match) => match[1]!),
  );
  return dates.sort()[0] ?? null;
}

function policy(
  feature: PolicyFeature,
  name: string,
  actions: string[],
  further: PolicyDocument["Statement"] = [],
): RolePolicy {
  const all = [...actions, ...further.flatMap(({ Action }) => Action)];
  return {
    feature,
    name,
    version: POLICY_VERSION,
    actions: [...new Set(all)].sort(),
    document: {
      Version: "2012-10-17",
      Statement: [{ Sid: `${name}${POLICY_VERSION}`, Effect: "Allow", Action: actions, Resource: "*" }, ...further],
    },
  };
}
