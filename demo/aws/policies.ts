/** Pure: what policy documents say of an action and of a caller. The part of IAM's evaluation that one account's roles need. */

export interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | string[];
  /** Left out, it is every resource. */
  Resource?: string | string[];
}

export interface PolicyDocument {
  Statement: Statement | Statement[];
}

export type Decision = "allowed" | "implicitDeny" | "explicitDeny";

/** A denial anywhere wins; else one allowing statement is enough; else nothing allows it. */
export function evaluate(documents: PolicyDocument[], action: string, resource = "*"): Decision {
  const matching = documents
    .flatMap(({ Statement }) => [Statement].flat())
    .filter(({ Action, Resource = "*" }) => matchesAny(Action, action) && matchesAny(Resource, resource));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "explicitDeny";
  return matching.some(({ Effect }) => Effect === "Allow") ? "allowed" : "implicitDeny";
}

/**
 * `documents` without `actions`, as somebody leaves them out of a policy: nothing denies them, nothing allows them. Where a
 * wildcard still covers one, only a denial can take it away.
 */
export function without(documents: PolicyDocument[], actions: string[]): PolicyDocument[] {
  if (actions.length === 0) return documents;
  const kept = documents.map((document) => ({
    ...document,
    Statement: [document.Statement]
      .flat()
      .map((statement) => ({
        ...statement,
        Action: [statement.Action].flat().filter((one) => !matchesAny(actions, one)),
      }))
      .filter(({ Action }) => Action.length > 0),
  }));
  const isWide = kept.some(({ Statement }) => Statement.some(({ Action }) => Action.some((one) => one.includes("*"))));
  return isWide ? [...kept, { Statement: { Effect: "Deny", Action: actions } }] : kept;
}

export interface TrustPolicy {
  Version: "2012-10-17";
  Statement: {
    Effect: "Allow";
    Principal: { AWS: string };
    Action: "sts:AssumeRole";
    Condition?: { StringEquals: { "sts:ExternalId": string } };
  }[];
}

/** Trusts `principal`; with an ExternalId, only those who name it. */
export function trustPolicy(principal: string, externalId: string | null): TrustPolicy {
  const condition = externalId === null ? {} : { Condition: { StringEquals: { "sts:ExternalId": externalId } } };
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole", ...condition }],
  };
}

/** Whether the policy lets `caller` in. An account's root stands for everybody in that account, as does its number. */
export function trusts(
  { Statement }: TrustPolicy,
  caller: { arn: string; account: string },
  externalId: string | undefined,
): boolean {
  const names = [caller.arn, caller.account, `arn:aws:iam::${caller.account}:root`, "*"];
  return Statement.some(({ Principal, Condition }) => {
    const wanted = Condition?.StringEquals["sts:ExternalId"];
    return names.includes(Principal.AWS) && (wanted === undefined || wanted === externalId);
  });
}

function matchesAny(patterns: string | string[], name: string): boolean {
  return [patterns].flat().some((pattern) => matches(pattern, name));
}

/** IAM's wildcards, without regard to case. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(name);
}

/** The IAM action of an operation, where its name is not `service:Operation`. */
const otherNames: Record<string, string> = {
  "s3:ListBuckets": "s3:ListAllMyBuckets",
  "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
  "tagging:GetResources": "tag:GetResources",
};

export function actionOf(service: string, operation: string): string {
  return otherNames[`${service}:${operation}`] ?? `${service}:${operation}`;
}
