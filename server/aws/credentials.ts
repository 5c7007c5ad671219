import type { AwsCredentialIdentity } from "@smithy/types";
import { sessionEnded, type CredentialSource } from "./call-scope";
import { clientFor } from "./clients";
import { perProcess } from "../per-process";
import type { SessionPolicy } from "./permissions";

/** What a customer granted us: a role that lets us in with the ExternalId that we issued for it. */
export interface RoleGrant {
  awsAccountId: string;
  roleArn: string;
  externalId: string;
}

/** The session names that customers see in their CloudTrail: `CloudGuard-inventory`. */
export type SessionFeature = "inventory" | "check" | "drift" | "billing";

/**
 * The role's credentials under `policy`, assumed at the first use, shared by everybody in the process and renewed five
 * minutes before they end. They live in this process's memory and nowhere else.
 */
export function roleCredentials(grant: RoleGrant, feature: SessionFeature, policy: SessionPolicy): CredentialSource {
  const key = JSON.stringify([grant.roleArn, grant.externalId, policy]);
  const endedBefore = timesEnded(grant);
  const isEnded = () => timesEnded(grant) > endedBefore;
  return {
    isEnded,
    async get() {
      if (isEnded()) throw sessionEnded();
      const entry = cache.get(key);
      if (entry && (!entry.credentials || !endsSoon(entry.credentials))) return entry.pending;
      return assumeOnce(key, grant, feature, policy);
    },
    expired(used) {
      // Fifty calls may find the same credentials expired at once: only the first one's word counts.
      if (cache.get(key)?.credentials === used) cache.delete(key);
    },
  };
}

/**
 * Ends every session that this process has opened for the grant: calls that wait for their turn never leave, and nothing
 * assumes the role again but a session that is opened later. For an account that is paused or disconnected.
 */
export function endSessions(grant: RoleGrant): void {
  endings.set(grant.externalId, timesEnded(grant) + 1);
  dropCredentials(grant.roleArn);
}

const endings = perProcess("endings", () => new Map<string, number>());
const timesEnded = ({ externalId }: RoleGrant) => endings.get(externalId) ?? 0;

/** Forgets every credential of the role; returns how many there were. */
export function dropCredentials(roleArn: string): number {
  const theirs = [...cache].filter(([, entry]) => entry.roleArn === roleArn);
  for (const [key] of theirs) cache.delete(key);
  return theirs.length;
}

/** One AssumeRole, uncached and answered as it is: how the connection check tries a trust policy. */
export async function assumeRole(
  { awsAccountId, roleArn }: Pick<RoleGrant, "awsAccountId" | "roleArn">,
  externalId: string | null,
  feature: SessionFeature,
  policy: SessionPolicy = {},
): Promise<AwsCredentialIdentity> {
  const { AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  const sts = await clientFor("sts", ownScope(awsAccountId));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: `CloudGuard-${feature}`,
      ...(externalId !== null && { ExternalId: externalId }),
      ...(policy.inline && { Policy: policy.inline }),
      ...(policy.arns && { PolicyArns: policy.arns.map((arn) => ({ arn })) }),
    }),
  );
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error("AssumeRole answered no credentials");
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration,
  };
}

/** A scope in which CloudGuard calls STS as itself, in the region that it runs in; counted for `awsAccountId`. */
export function ownScope(awsAccountId: string, region = ownRegion()) {
  // Everything waits for a session, so sessions wait for nothing.
  return { awsAccountId, region, priority: Number.MAX_SAFE_INTEGER, credentials: null };
}

/** Where CloudGuard itself calls STS: a regional endpoint, as the global one's tokens fail in opt-in regions. */
function ownRegion(): string {
  return process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || "us-east-1";
}

interface Entry {
  roleArn: string;
  pending: Promise<AwsCredentialIdentity>;
  credentials?: AwsCredentialIdentity;
}

const cache = perProcess("credentials", () => new Map<string, Entry>());

function assumeOnce(key: string, grant: RoleGrant, feature: SessionFeature, policy: SessionPolicy) {
  const pending = assumeRole(grant, grant.externalId, feature, policy);
  const entry: Entry = { roleArn: grant.roleArn, pending };
  cache.set(key, entry);
  pending.then(
    (credentials) => {
      entry.credentials = credentials;
    },
    // The callers have the error; the next one tries again.
    () => {
      if (cache.get(key) === entry) cache.delete(key);
    },
  );
  return pending;
}

/** Whether credentials are within five minutes of their end, or past it: time to renew them. */
export function endsSoon({ expiration }: AwsCredentialIdentity, now = Date.now()): boolean {
  return expiration !== undefined && expiration.getTime() - now < REFRESH_EARLY_MS;
}

const REFRESH_EARLY_MS = 5 * 60_000;
