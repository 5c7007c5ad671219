import type { AssumeRoleRequest } from "@aws-sdk/client-sts";
import { z } from "zod";
import type { PolicyDocument } from "./policies";
import { policyShape } from "./policy-shape";
import { AwsError } from "./wire/sim";

/** What a session is asked to be, once it is known to be well-formed. */
export interface SessionRequest {
  roleArn: string;
  sessionName: string;
  externalId: string | undefined;
  seconds: number;
  /** What the session is scoped down to; null for the role's full rights. */
  scope: PolicyDocument[] | null;
}

/** Checks an AssumeRole call's parameters as STS does before it looks at the role. Pure. Throws STS's own errors. */
export function sessionRequest(input: AssumeRoleRequest): SessionRequest {
  const { RoleArn: roleArn = "", RoleSessionName: sessionName = "", ExternalId: externalId } = input;
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) throw invalid(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName))
    throw constraint(sessionName, "roleSessionName", "satisfy regular expression pattern: [\\w+=,.@-]*");
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    throw constraint(externalId, "externalId", "satisfy regular expression pattern: [\\w+=,.@:\\/-]*");
  const seconds = input.DurationSeconds ?? 3600;
  if (seconds < 900) throw constraint(String(seconds), "durationSeconds", "have value greater than or equal to 900");
  // A role's own default, and the most that a chained session may have.
  if (seconds > 3600) throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  const scope = sessionPolicies(input);
  return { roleArn, sessionName, externalId, seconds, scope: scope.length > 0 ? scope : null };
}

/** Inline and managed session policies: together they are what the session may do at most. */
function sessionPolicies({ Policy, PolicyArns = [] }: AssumeRoleRequest): PolicyDocument[] {
  if (Policy !== undefined && Policy.length > 2048)
    throw new AwsError("PackedPolicyTooLarge", 400, "The session policy is longer than 2048 characters.");
  const byArn = PolicyArns.map(({ arn = "" }) => {
    const policy = managed[arn];
    if (!policy) throw new AwsError("MalformedPolicyDocument", 400, `The policy ${arn} is not simulated.`);
    return policy;
  });
  return Policy === undefined ? byArn : [parsed(Policy), ...byArn];
}

/** The managed policies that a session may be scoped down to. */
const managed: Record<string, PolicyDocument> = {
  "arn:aws:iam::aws:policy/ReadOnlyAccess": {
    Statement: { Effect: "Allow", Action: ["*:Describe*", "*:List*", "*:Get*"] },
  },
};

function parsed(policy: string): PolicyDocument {
  try {
    return policyShape.parse(JSON.parse(policy));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new AwsError("MalformedPolicyDocument", 400, "The session policy is malformed.");
    throw error;
  }
}

function constraint(value: string, field: string, rule: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must ${rule}`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", 400, message);
}
