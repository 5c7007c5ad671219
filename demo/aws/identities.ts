import { randomBytes } from "node:crypto";
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListAccountAliasesCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { actionOf, evaluate, type PolicyDocument } from "./policies";
import { clientConfig } from "./services";
import { AwsError, type Ctx, type Identity, type Sim } from "./wire/sim";
import type { World } from "./world";

/** CloudGuard's own principal in the simulation. */
export const cloudGuard = { accessKeyId: "AKIACLOUDGUARDDEMO00", secretAccessKey: "cloudguard-demo-secret", account: "999900001111", arn: "arn:aws:iam::999900001111:user/cloudguard" };

export interface Role {
  account: string;
  name: string;
  /** Who may assume it; an account's root stands for everybody in it. */
  principal: string;
  /** null takes anybody whom the principal names, with any ExternalId or none: a role that CloudGuard must refuse. */
  externalId: string | null;
  policies: { name: string; document: PolicyDocument }[];
}

interface Session {
  identity: Identity;
  role: Role | null;
  /** What the session was scoped down to; null for the role's full rights. */
  scope: PolicyDocument[] | null;
}

const readOnlyAccess: PolicyDocument = { Statement: { Effect: "Allow", Action: ["*:Describe*", "*:List*", "*:Get*", "*:Detect*", "*:BatchDescribe*"] } };
const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** Who calls, as whom, and what they may do: STS, IAM, trust policies and permissions. */
export class Identities {
  readonly roles = new Map<string, Role>();
  private readonly sessions = new Map<string, Session>();

  constructor(sim: Sim, private readonly world: () => World) {
    this.reset();
    sim.identify = (accessKeyId) => this.sessions.get(accessKeyId)?.identity;
    sim.service(new STSClient(clientConfig)).service(new IAMClient(clientConfig));
    sim.on(GetCallerIdentityCommand)((_input, { identity }) => ({ Account: identity.account, Arn: identity.arn, UserId: identity.userId }));
    sim.on(AssumeRoleCommand)((input, ctx) => this.assume(input, ctx));
    this.registerIam(sim);
  }

  reset(): void {
    this.roles.clear();
    this.sessions.clear();
    const { account, arn, secretAccessKey, accessKeyId } = cloudGuard;
    this.sessions.set(accessKeyId, { identity: { account, arn, userId: "AIDACLOUDGUARD", secretAccessKey }, role: null, scope: null });
  }

  put(role: Role): string {
    const arn = `arn:aws:iam::${role.account}:role/${role.name}`;
    this.roles.set(arn, role);
    return arn;
  }

  /** Throws as AWS does where the caller may not do what it asks. */
  authorise(ctx: Ctx): void {
    const session = this.sessions.get(ctx.accessKeyId);
    const action = actionOf(ctx.service, ctx.operation);
    if (!session?.role || action === "sts:GetCallerIdentity") return;
    const role = this.roles.get(roleArn(session.role)) ?? session.role;
    const byRole = evaluate(role.policies.map(({ document }) => document), action);
    const byScope = session.scope ? evaluate(session.scope, action) : "allowed";
    if (byRole === "allowed" && byScope === "allowed") return;
    const because = byRole !== "allowed" ? (byRole === "explicitDeny" ? "with an explicit deny in an identity-based policy" : `because no identity-based policy allows the ${action} action`) : `because no session policy allows the ${action} action`;
    throw denied(ctx, action, because);
  }

  private assume(input: { RoleArn?: string; ExternalId?: string; RoleSessionName?: string; DurationSeconds?: number; Policy?: string; PolicyArns?: { arn?: string }[] }, ctx: Ctx) {
    const [, account = "", name = ""] = ROLE_ARN.exec(input.RoleArn ?? "") ?? [];
    const role = this.roles.get(`arn:aws:iam::${account}:role/${name}`);
    const isTrusted = role && (role.principal === ctx.identity.arn || role.principal === `arn:aws:iam::${ctx.account}:root`);
    const fits = role && (role.externalId === null || role.externalId === input.ExternalId);
    if (!isTrusted || !fits) throw new AwsError("AccessDenied", 403, `User: ${ctx.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`);
    const seconds = input.DurationSeconds ?? 3600;
    if (seconds < 900 || seconds > 3600) throw new AwsError("ValidationError", 400, "The requested DurationSeconds must lie between 900 and 3600.");
    if ((input.Policy?.length ?? 0) > 2048) throw new AwsError("PackedPolicyTooLarge", 400, "The session policy is longer than 2048 characters.");
    const scope = [...(input.Policy ? [JSON.parse(input.Policy) as PolicyDocument] : []), ...(input.PolicyArns?.length ? [readOnlyAccess] : [])];
    const AccessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
    const Expiration = new Date(Date.now() + seconds * 1000);
    const arn = `arn:aws:sts::${account}:assumed-role/${name}/${input.RoleSessionName}`;
    const identity: Identity = {
      account, arn, userId: `AROA${account}:${input.RoleSessionName}`, secretAccessKey: randomBytes(20).toString("hex"), sessionToken: randomBytes(48).toString("base64"), expires: Expiration.getTime(),
    };
    this.sessions.set(AccessKeyId, { identity, role, scope: scope.length > 0 ? scope : null });
    return {
      AssumedRoleUser: { Arn: arn, AssumedRoleId: identity.userId },
      Credentials: { AccessKeyId, SecretAccessKey: identity.secretAccessKey, SessionToken: identity.sessionToken, Expiration },
    };
  }

  private registerIam(sim: Sim): void {
    const roleOf = (ctx: Ctx, name: string | undefined) => {
      const role = this.roles.get(`arn:aws:iam::${ctx.account}:role/${name}`);
      if (!role) throw new AwsError("NoSuchEntity", 404, `The role with name ${name} cannot be found.`);
      return role;
    };
    sim.on(GetRoleCommand)((input, ctx) => {
      const role = roleOf(ctx, input.RoleName);
      return { Role: { Path: "/", RoleName: role.name, RoleId: `AROA${ctx.account}`, Arn: roleArn(role), CreateDate: new Date("2026-11-01T00:00:00Z") } };
    });
    sim.on(ListRolePoliciesCommand)((input, ctx) => ({ PolicyNames: roleOf(ctx, input.RoleName).policies.map(({ name }) => name), IsTruncated: false }));
    sim.on(ListAttachedRolePoliciesCommand)((input, ctx) => ({ AttachedPolicies: roleOf(ctx, input.RoleName) && [], IsTruncated: false }));
    sim.on(GetRolePolicyCommand)((input, ctx) => {
      const policy = roleOf(ctx, input.RoleName).policies.find(({ name }) => name === input.PolicyName);
      if (!policy) throw new AwsError("NoSuchEntity", 404, `The role policy with name ${input.PolicyName} cannot be found.`);
      return { RoleName: input.RoleName!, PolicyName: policy.name, PolicyDocument: encodeURIComponent(JSON.stringify(policy.document)) };
    });
    sim.on(SimulatePrincipalPolicyCommand)((input) => {
      const role = this.roles.get(input.PolicySourceArn ?? "");
      if (!role) throw new AwsError("NoSuchEntity", 404, `${input.PolicySourceArn} cannot be found.`);
      const documents = role.policies.map(({ document }) => document);
      return { EvaluationResults: (input.ActionNames ?? []).map((EvalActionName) => ({ EvalActionName, EvalResourceName: "*", EvalDecision: evaluate(documents, EvalActionName) })), IsTruncated: false };
    });
    sim.on(ListAccountAliasesCommand)((_input, ctx) => ({ AccountAliases: [this.world().accounts.get(ctx.account)?.name.toLowerCase().replaceAll(" ", "-") ?? ctx.account], IsTruncated: false }));
  }
}

const roleArn = ({ account, name }: Role) => `arn:aws:iam::${account}:role/${name}`;

/** A denial in each service's own words. */
export function denied(ctx: Ctx, action: string, because: string): AwsError {
  if (ctx.service === "ec2") return new AwsError("UnauthorizedOperation", 403, `You are not authorized to perform this operation. User: ${ctx.identity.arn} is not authorized to perform: ${action} ${because}`);
  const code = ["lambda", "dynamodb", "tagging", "ce"].includes(ctx.service) ? "AccessDeniedException" : "AccessDenied";
  return new AwsError(code, 403, `User: ${ctx.identity.arn} is not authorized to perform: ${action} on resource: * ${because}`);
}
