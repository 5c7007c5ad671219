import type { EvaluationResult, SimulatePrincipalPolicyCommandInput } from "@aws-sdk/client-iam";
import type { AwsAccess } from "./access";
import type { ActionProbe } from "./action-probe";
import type { Failure } from "./failure";
import { toFailure } from "./to-failure";

/** What IAM would say of an action; the last three name who says no. */
export type Decision = "allowed" | "lacking" | "explicitDeny" | "organization" | "boundary" | "unknown";

/** IAM's decision by action, or why IAM could not be asked. */
export type Simulated = Map<string, Decision> | Failure;

/**
 * Asks IAM what the role's policies allow, without doing any of it. `ownActions` are asked about the role itself: it may
 * look at no other, and about "any resource" IAM would call them denied.
 */
export async function simulate(
  access: AwsAccess,
  roleArn: string,
  { actions, ownActions }: { actions: string[]; ownActions: string[] },
): Promise<Simulated> {
  const [any, own] = await Promise.all([
    simulateOn(access, { PolicySourceArn: roleArn, ActionNames: actions }),
    simulateOn(access, { PolicySourceArn: roleArn, ActionNames: ownActions, ResourceArns: [roleArn] }),
  ]);
  if (!(any instanceof Map)) return any;
  return own instanceof Map ? new Map([...any, ...own]) : own;
}

async function simulateOn(access: AwsAccess, input: SimulatePrincipalPolicyCommandInput): Promise<Simulated> {
  const { paginateSimulatePrincipalPolicy } = await import("@aws-sdk/client-iam");
  const decisions = new Map<string, Decision>();
  try {
    const client = await access.iam();
    for await (const page of paginateSimulatePrincipalPolicy({ client, pageSize: 100 }, input)) {
      for (const result of page.EvaluationResults ?? [])
        if (result.EvalActionName) decisions.set(result.EvalActionName, decisionOf(result));
    }
    return decisions;
  } catch (error) {
    return toFailure(error, { action: "iam:SimulatePrincipalPolicy" });
  }
}

/** The role may allow what a service control policy or its permissions boundary does not. */
function decisionOf(result: EvaluationResult): Decision {
  if (result.OrganizationsDecisionDetail?.AllowedByOrganizations === false) return "organization";
  if (result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false) return "boundary";
  switch (result.EvalDecision) {
    case "allowed":
    case "explicitDeny":
      return result.EvalDecision;
    case "implicitDeny":
      return "lacking";
    default:
      return "unknown";
  }
}

/** The role's own inline policies, as JSON text, and what reading them said about the rights to do so. */
export async function readRolePolicies(
  access: AwsAccess,
  roleArn: string,
): Promise<{ documents: string[] | Failure; probes: ActionProbe[] }> {
  const { GetRolePolicyCommand, paginateListRolePolicies } = await import("@aws-sdk/client-iam");
  const RoleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const probes: ActionProbe[] = [];
  let action = "iam:ListRolePolicies";
  try {
    const client = await access.iam();
    const names: string[] = [];
    for await (const page of paginateListRolePolicies({ client }, { RoleName }))
      names.push(...(page.PolicyNames ?? []));
    probes.push({ action, result: "allowed", by: "call", message: null });
    action = "iam:GetRolePolicy";
    const documents = await Promise.all(
      names.map(async (PolicyName) => {
        const { PolicyDocument = "" } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        // IAM percent-encodes documents.
        return decodeURIComponent(PolicyDocument);
      }),
    );
    if (names.length > 0) probes.push({ action, result: "allowed", by: "call", message: null });
    return { documents, probes };
  } catch (error) {
    const failure = toFailure(error, { action });
    if (failure.kind === "denied") probes.push({ action, result: "denied", by: "call", message: failure.message });
    return { documents: failure, probes };
  }
}
