import { randomBytes } from "node:crypto";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type AssumeRoleRequest } from "@aws-sdk/client-sts";
import { actionOf, evaluate, trusts, type PolicyDocument, type TrustPolicy } from "./policies";
import { clientConfig } from "./services";
import { refusal } from "./wire/refusals";
import { AwsError, type Ctx, type Identity, type Sim } from "./wire/sim";

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
  /** null for CloudGuard's own user, who may do anything. */
  role: Role | null;
  /** What the session was scoped down to; null for the role's full rights. */
  scope: PolicyDocument[] | null;
}

/** The managed policies that a session may be scoped down to. */
const managed: Record<string, PolicyDocument> = {
  "arn:aws:iam::aws:policy/ReadOnlyAccess": {
    Statement: { Effect: "Allow", Action: ["*:Describe*", "*:List*", "*:Get*"] },
  },
};

/** Who calls, as whom and for how long, and what they may do: roles, sessions, trust policies and permissions. */
export class Identities {
  private readonly roles = new Map<string, Role>();
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly sim: Sim) {
    this.reset();
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
    this.roles.clear();
    this.sessions.clear();
    const { account, arn, secretAccessKey, accessKeyId } = cloudGuard;
    const identity = { account, arn, userId: "AIDACLOUDGUARDDEMO00", secretAccessKey };
    this.sessions.set(accessKeyId, { identity, role: null, scope: null });
  }

  /** Creates or replaces a role; open sessions have its new policies at once. */
  put(role: Role): string {
    const arn = roleArn(role);
    this.roles.set(arn, role);
    return arn;
  }

  role(arn: string): Role | undefined {
    return this.roles.get(arn);
  }

  /** Throws as AWS does where the caller may not do what it asks. */
  authorise(ctx: Ctx, input: unknown): void {
    const session = this.sessions.get(ctx.accessKeyId);
    const action = actionOf(ctx.service, ctx.operation);
    if (!session?.role || action === "sts:GetCallerIdentity") return;
    const role = this.roles.get(roleArn(session.role)) ?? session.role;
    const resource = resourceOf(ctx, input);
    const documents = role.policies.map(({ document }) => document);
    const byRole = evaluate(documents, action, resource);
    const byScope = session.scope ? evaluate(session.scope, action, resource) : "allowed";
    if (byRole === "allowed" && byScope === "allowed") return;
    const kind = byRole === "allowed" ? "session" : "identity-based";
    const decision = byRole === "allowed" ? byScope : byRole;
    const because =
      decision === "explicitDeny"
        ? `with an explicit deny in ${kind === "session" ? "a session" : "an identity-based"} policy`
        : `because no ${kind} policy allows the ${action} action`;
    throw denied(this.sim, ctx, because, resource);
  }

  private assume(input: AssumeRoleRequest, ctx: Ctx) {
    const RoleArn = input.RoleArn ?? "";
    const role = this.roles.get(RoleArn);
    // AWS tells a role that is not there and one that does not trust apart for nobody.
    if (!role || !trusts(role.trust, ctx.identity, input.ExternalId)) {
      const message = `User: ${ctx.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`;
      throw refusal(this.sim.serviceNamed("sts"), "denied", message);
    }
    const seconds = input.DurationSeconds ?? 3600;
    if (seconds < 900 || seconds > 3600) throw invalidDuration(seconds);
    const scope = sessionPolicies(input);
    const AccessKeyId = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
    const Expiration = new Date(Date.now() + seconds * 1000);
    const identity = {
      account: role.account,
      arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${input.RoleSessionName}`,
      userId: `AROA${role.account}:${input.RoleSessionName}`,
      secretAccessKey: randomBytes(20).toString("hex"),
      sessionToken: randomBytes(48).toString("base64"),
      expires: Expiration.getTime(),
    };
    this.sessions.set(AccessKeyId, { identity, role, scope: scope.length > 0 ? scope : null });
    const { arn: Arn, userId: AssumedRoleId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken } = identity;
    return {
      AssumedRoleUser: { Arn, AssumedRoleId },
      Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration },
    };
  }
}

export const roleArn = ({ account, name }: Pick<Role, "account" | "name">) => `arn:aws:iam::${account}:role/${name}`;

/** A denial in the service's own words. */
export function denied(sim: Sim, ctx: Ctx, because: string, resource = "*"): AwsError {
  const who = `User: ${ctx.identity.arn} is not authorized to perform: ${actionOf(ctx.service, ctx.operation)}`;
  const message =
    ctx.service === "ec2"
      ? `You are not authorized to perform this operation. ${who} ${because}`
      : `${who} on resource: ${resource} ${because}`;
  return refusal(sim.serviceNamed(ctx.service), "denied", message);
}

/** What a call is about, as policies name it. Only IAM's own policies are narrower than an account here. */
function resourceOf({ service, account, region }: Ctx, input: unknown): string {
  const { RoleName, PolicySourceArn } = input as { RoleName?: string; PolicySourceArn?: string };
  if (service === "iam") return PolicySourceArn ?? (RoleName ? roleArn({ account, name: RoleName }) : "*");
  return `arn:aws:${service}:${region}:${account}:*`;
}

/** Inline and managed session policies; together they are what the session's creator allows at most. */
function sessionPolicies({ Policy, PolicyArns = [] }: AssumeRoleRequest): PolicyDocument[] {
  if (Policy && Policy.length > 2048)
    throw new AwsError("PackedPolicyTooLarge", 400, "The session policy is longer than 2048 characters.");
  const byArn = PolicyArns.map(({ arn = "" }) => {
    const policy = managed[arn];
    if (!policy) throw new AwsError("MalformedPolicyDocument", 400, `The policy ${arn} is not simulated.`);
    return policy;
  });
  return Policy ? [parsed(Policy), ...byArn] : byArn;
}

function parsed(policy: string): PolicyDocument {
  try {
    return JSON.parse(policy) as PolicyDocument;
  } catch {
    throw new AwsError("MalformedPolicyDocument", 400, "This policy contains invalid Json");
  }
}

/** The longest is 3600: a role's own default, and the limit of a chained session. */
function invalidDuration(seconds: number): AwsError {
  const message =
    seconds < 900
      ? `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`
      : "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
  return new AwsError("ValidationError", 400, message);
}
