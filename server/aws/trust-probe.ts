import type { AwsCredentialIdentity } from "@smithy/types";
import { clientFor } from "./clients";
import { assumeRole, ownScope, type RoleGrant } from "./credentials";
import type { Failure } from "./failure";
import { log } from "../log";
import { callerPrincipal } from "./identity";
import { toFailure } from "./to-failure";

/** How a role's trust policy answered the three ways of knocking. */
export interface TrustAnswers {
  withIssuedId: "accepted" | "refused" | "unavailable";
  withoutId: "refused" | "accepted" | "unavailable";
  withWrongId: "refused" | "accepted" | "unavailable";
  callerArn: string | null;
  callerAccount: string | null;
  problem: string | null;
  fix: string | null;
}

/**
 * Tries the role with the ExternalId that we issued, with none and with a wrong one: only the first may work. What could
 * not be asked is `unavailable` and never passes for a refusal.
 */
export async function probeTrust(grant: RoleGrant): Promise<TrustAnswers> {
  const [issued, without, wrong] = await Promise.all([
    knock(grant, grant.externalId),
    knock(grant, null),
    knock(grant, altered(grant.externalId)),
  ]);
  const caller = issued.credentials ? await whoAmI(grant, issued.credentials) : null;
  const answers = {
    withIssuedId: issued.answer,
    withoutId: without.answer,
    withWrongId: wrong.answer,
    callerArn: caller?.arn ?? null,
    callerAccount: caller?.account ?? null,
  };
  const failure = issued.failure ?? caller?.failure ?? without.failure ?? wrong.failure;
  return { ...answers, ...verdict(answers, grant, failure, await ownPrincipal()) };
}

/** Whether AWS did not answer enough to tell anything of the role: neither that it is right nor that it is wrong. */
export function isUnanswered(trust: TrustAnswers): boolean {
  const isWrong = trust.withIssuedId === "refused" || [trust.withoutId, trust.withWrongId].includes("accepted");
  if (trust.problem === null || isWrong) return false;
  return trust.callerAccount === null || [trust.withoutId, trust.withWrongId].includes("unavailable");
}

/** Only the words of a fix depend on it: where even this cannot be asked, they name nobody. */
async function ownPrincipal(): Promise<string | null> {
  try {
    return await callerPrincipal();
  } catch (error) {
    log.warn({ failure: toFailure(error) }, "CloudGuard could not ask AWS who it is itself");
    return null;
  }
}

/** The issued id with its last character changed: it also finds a trust policy that matches by a wildcard. */
export function altered(externalId: string): string {
  const last = externalId.at(-1);
  return externalId.slice(0, -1) + (last === "0" ? "1" : "0");
}

/** What is wrong with the role and how to put it right, in words; null and null where all is well. */
export function verdict(
  answers: Omit<TrustAnswers, "problem" | "fix">,
  grant: RoleGrant,
  failure: Failure | null,
  principal: string | null,
): Pick<TrustAnswers, "problem" | "fix"> {
  const condition = `"Condition": { "StringEquals": { "sts:ExternalId": "${grant.externalId}" } }`;
  const open = [
    ...(answers.withoutId === "accepted" ? ["without an ExternalId"] : []),
    ...(answers.withWrongId === "accepted" ? ["with a wrong ExternalId"] : []),
  ];
  if (open.length > 0)
    return {
      problem: `The role can be assumed ${open.join(" and ")}: anybody who knows its ARN could have CloudGuard read this account for them.`,
      fix: `In the role's trust policy, give every statement that allows sts:AssumeRole this condition: ${condition}`,
    };
  if (answers.withIssuedId === "refused")
    return {
      problem: `AWS refused to let CloudGuard assume ${grant.roleArn}. AWS does not say which: the role does not exist, or its trust policy does not fit.`,
      fix:
        `Check that the role exists, that its trust policy allows sts:AssumeRole to ${principal ?? "CloudGuard's principal"}, ` +
        `and that it has ${condition}. A role made in the last minute may need some more seconds.`,
    };
  if (answers.callerAccount !== null && answers.callerAccount !== grant.awsAccountId)
    return {
      problem: `The role belongs to account ${answers.callerAccount}, not to ${grant.awsAccountId}.`,
      fix: `Use the ARN of a role in account ${grant.awsAccountId}.`,
    };
  if (failure || Object.values(answers).includes("unavailable"))
    return {
      problem: `AWS could not be asked: ${failure?.message ?? "no answer"}`,
      fix: isOwnTrouble(failure)
        ? "Give the CloudGuard server AWS credentials of its own, then check again."
        : "Check again in a few minutes; nothing was changed.",
    };
  return { problem: null, fix: null };
}

function isOwnTrouble(failure: Failure | null): boolean {
  return failure !== null && (failure.kind === "expired" || failure.code === "CredentialsProviderError");
}

interface Knock {
  answer: "accepted" | "refused" | "unavailable";
  credentials: AwsCredentialIdentity | null;
  failure: Failure | null;
}

async function knock(grant: RoleGrant, externalId: string | null): Promise<Knock> {
  try {
    const credentials = await assumeRole(grant, externalId, "check");
    return { answer: "accepted", credentials, failure: null };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === "untrusted") return { answer: "refused", credentials: null, failure: null };
    return { answer: "unavailable", credentials: null, failure };
  }
}

async function whoAmI(grant: RoleGrant, credentials: AwsCredentialIdentity) {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const source = { get: async () => credentials, expired: () => undefined };
  try {
    const sts = await clientFor("sts", { ...ownScope(grant.awsAccountId), credentials: source });
    const { Arn, Account } = await sts.send(new GetCallerIdentityCommand({}));
    return { arn: Arn ?? null, account: Account ?? null, failure: null };
  } catch (error) {
    return { arn: null, account: null, failure: toFailure(error) };
  }
}
