import { randomBytes } from "node:crypto";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type AssumeRoleRequest } from "@aws-sdk/client-sts";
import { actionOf, evaluate, trusts, type PolicyDocument, type TrustPolicy } from "./policies";
import type { Kept } from "./kept";
import { clientConfig } from "./services";
import { sessionRequest } from "./session-request";
import { refusal, type AwsError, type Ctx, type Identity, type Sim } from "./wire/sim";

/** CloudGuard's own principal in the simulation. */
export const cloudGuard = {
  accessKeyId: "AKIACLOUDGUARDDEMO00",
  secretAccessKey: "cloudguard-demo-secret",
  account: "999900001111",
  arn: "arn:aws:iam::999900001111:user/cloudguard",
};

export interface Role {
  account: string;
  name: string;
  trust: TrustPolicy;
  policies: { name: string; document: PolicyDocument }[];
}

interface Session {
  identity: Identity;
  /** null for CloudGuard's own user. */
  roleArn: string | null;
  /** What the session was scoped down to; null for the role's full rights. */
  scope: PolicyDocument[] | null;
}

/** All that a vendor's user needs: to open sessions in accounts that trust it. */
const ownRights: PolicyDocument[] = [{ Statement: { Effect: "Allow", Action: "sts:*" } }];

/** Expired sessions are told apart from unknown ones, but not for ever. */
const keptSessions = 10_000;

/** Who calls, as whom and for how long, and what they may do: roles, sessions, trust policies and permissions. */
export class Identities {
  private readonly sessions = new Map<string, Session>();

  constructor(
    sim: Sim,
    private readonly kept: Kept,
  ) {
    this.forgetSessions();
    sim.identify = (accessKeyId) => this.sessions.get(accessKeyId)?.identity;
    sim.service(new STSClient(clientConfig));
    sim.on(GetCallerIdentityCommand)((_input, { identity: { account, arn, userId } }) => ({
      Account: account,
      Arn: arn,
      UserId: userId,
    }));
    sim.on(AssumeRoleCommand)((input, ctx) => this.assume(input, ctx));
  }

  /** Forgets every role and every session but CloudGuard's own user. */
  reset(): void {
    this.kept.roles.clear();
    this.kept.save();
    this.forgetSessions();
  }

  private forgetSessions(): void {
    this.sessions.clear();
    const { account, arn, secretAccessKey, accessKeyId } = cloudGuard;
    const identity = { account, arn, userId: "AIDACLOUDGUARDDEMO00", secretAccessKey };
    this.sessions.set(accessKeyId, { identity, roleArn: null, scope: null });
  }

  /** Creates or replaces a role; open sessions have its new policies at once. */
  put(role: Role): string {
    const arn = roleArn(role);
    this.kept.roles.set(arn, role);
    this.kept.save();
    return arn;
  }

  role(arn: string): Role | undefined {
    return this.kept.roles.get(arn);
  }

  /** Throws as AWS does where the caller may not do what it asks. */
  authorise(ctx: Ctx, input: unknown): void {
    const action = actionOf(ctx.service, ctx.operation);
    const session = this.sessions.get(ctx.accessKeyId);
    // AWS lets everybody ask who they are, whatever policies say.
    if (action === "sts:GetCallerIdentity") return;
    const resource = resourceOf(ctx, input);
    const byIdentity = evaluate(this.rightsOf(session), action, resource);
    if (byIdentity !== "allowed") throw denied(ctx, because("identity-based", byIdentity, action), resource);
    const byScope = session?.scope ? evaluate(session.scope, action, resource) : "allowed";
    if (byScope !== "allowed") throw denied(ctx, because("session", byScope, action), resource);
  }

  private rightsOf(session: Session | undefined): PolicyDocument[] {
    if (!session) return [];
    if (session.roleArn === null) return ownRights;
    return this.kept.roles.get(session.roleArn)?.policies.map(({ document }) => document) ?? [];
  }

  private assume(input: AssumeRoleRequest, ctx: Ctx) {
    const asked = sessionRequest(input);
    const role = this.kept.roles.get(asked.roleArn);
    // A role that is not there and one that does not trust the caller get the same answer.
    if (!role || !trusts(role.trust, ctx.identity, asked.externalId)) {
      const message = `User: ${ctx.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${asked.roleArn}`;
      throw refusal(ctx, "denied", message);
    }
    const AccessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
    const Expiration = new Date(Date.now() + asked.seconds * 1000);
    const identity = {
      account: role.account,
      arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${asked.sessionName}`,
      userId: `AROA${role.account}:${asked.sessionName}`,
      secretAccessKey: randomBytes(20).toString("hex"),
      sessionToken: randomBytes(48).toString("base64"),
      expires: Expiration.getTime(),
    };
    this.forgetOldest();
    this.sessions.set(AccessKeyId, { identity, roleArn: asked.roleArn, scope: asked.scope });
    const { arn: Arn, userId: AssumedRoleId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = identity;
    return {
      AssumedRoleUser: { Arn, AssumedRoleId },
      Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration },
    };
  }

  /** The oldest session but CloudGuard's own user, which is the first of all. */
  private forgetOldest(): void {
    if (this.sessions.size < keptSessions) return;
    const [, oldest] = this.sessions.keys();
    if (oldest !== undefined) this.sessions.delete(oldest);
  }
}

export const roleArn = ({ account, name }: Pick<Role, "account" | "name">) => `arn:aws:iam::${account}:role/${name}`;

/** A denial in the service's own words. */
export function denied(ctx: Ctx, reason: string, resource = "*"): AwsError {
  const who = `User: ${ctx.identity.arn} is not authorized to perform: ${actionOf(ctx.service, ctx.operation)}`;
  const message =
    ctx.service === "ec2"
      ? `You are not authorized to perform this operation. ${who} ${reason}`
      : `${who} on resource: ${resource} ${reason}`;
  return refusal(ctx, "denied", message);
}

/** Why an action is denied that no policy of the role's mentions. */
export const lackingStatement = ({ service, operation }: Pick<Ctx, "service" | "operation">) =>
  because("identity-based", "implicitDeny", actionOf(service, operation));

function because(kind: "identity-based" | "session", decision: "implicitDeny" | "explicitDeny", action: string) {
  if (decision === "implicitDeny") return `because no ${kind} policy allows the ${action} action`;
  return `with an explicit deny in ${kind === "session" ? "a session" : "an identity-based"} policy`;
}

/** What a call is about, as policies name it. Only IAM's and S3's are narrower than an account's region here. */
function resourceOf({ service, account, region }: Ctx, input: unknown): string {
  const { RoleName, PolicySourceArn, RoleArn, Bucket } = input as Record<string, string | undefined>;
  switch (service) {
    case "iam":
      return PolicySourceArn ?? (RoleName ? roleArn({ account, name: RoleName }) : "*");
    case "sts":
      return RoleArn ?? "*";
    case "s3":
      return `arn:aws:s3:::${Bucket ?? "*"}`;
    default:
      return `arn:aws:${service}:${region}:${account}:*`;
  }
}
