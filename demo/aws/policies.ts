/** Pure: what a policy document says of an action. The part of IAM's evaluation that roles of one account need. */

export interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | string[];
}

export interface PolicyDocument {
  Statement: Statement | Statement[];
}

export type Decision = "allowed" | "implicitDeny" | "explicitDeny";

/** A denial anywhere wins; else one allowing statement is enough; else nothing allows it. */
export function evaluate(documents: PolicyDocument[], action: string): Decision {
  const matching = documents.flatMap(({ Statement }) => [Statement].flat()).filter(({ Action }) => [Action].flat().some((pattern) => matches(pattern, action)));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "explicitDeny";
  return matching.some(({ Effect }) => Effect === "Allow") ? "allowed" : "implicitDeny";
}

/** IAM's wildcards, without regard to case. */
function matches(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
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
