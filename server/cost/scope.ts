import type { TenantTx } from "../db/client";
import { AppError, notFound } from "../errors";
import type { CostScope } from "./input";
import { unknownServices } from "./entry-queries";

/** An AWS account that costs are known of: connected, or told of by its payer. */
export interface KnownAccount {
  awsAccountId: string;
  /** Our row; null where it is not connected. */
  accountId: string | null;
  name: string;
}

/** What a question is about, with every name checked. Null means all. */
export interface ResolvedScope {
  awsAccountIds: string[] | null;
  services: string[] | null;
}

/** Every connected account and every linked one, by name. */
export async function knownAccounts(tx: TenantTx): Promise<KnownAccount[]> {
  const [connected, linked] = await Promise.all([
    tx.awsAccount.findMany({ select: { id: true, awsAccountId: true, name: true } }),
    tx.costLinked.findMany({ select: { awsAccountId: true, name: true } }),
  ]);
  const known = new Map<string, KnownAccount>();
  for (const { awsAccountId, name } of linked)
    known.set(awsAccountId, {
      awsAccountId,
      accountId: null,
      name: name ?? known.get(awsAccountId)?.name ?? awsAccountId,
    });
  for (const { id, awsAccountId, name } of connected) known.set(awsAccountId, { awsAccountId, accountId: id, name });
  return [...known.values()].sort(
    (a, b) => a.name.localeCompare(b.name) || a.awsAccountId.localeCompare(b.awsAccountId),
  );
}

/** What a door calls the two fields of a scope. */
interface FieldNames {
  accountIds: string;
  services: string;
}

/** Throws NOT_FOUND for an account or service that nothing is known of, with the field's name and what it may be. */
export async function resolveScope(
  tx: TenantTx,
  scope: CostScope,
  known: KnownAccount[],
  fields: FieldNames = { accountIds: "accountIds", services: "services" },
): Promise<ResolvedScope> {
  const awsAccountIds = scope.accountIds?.length
    ? scope.accountIds.map((id) => accountNamed(known, id, fields.accountIds).awsAccountId)
    : null;
  const services = scope.services?.length ? scope.services : null;
  const [unknown] = services ? await unknownServices(tx, services) : [];
  if (unknown !== undefined)
    throw at(fields.services, `No costs of a service called ${unknown} are known. Use a name as the summary lists it.`);
  return { awsAccountIds: awsAccountIds && [...new Set(awsAccountIds)], services: services && [...new Set(services)] };
}

/** So many accounts are named to whoever named another. */
const NAMED = 10;

/** By our id or AWS's twelve digits. Throws NOT_FOUND with the field's name and the accounts that there are. */
export function accountNamed(known: KnownAccount[], id: string, field: string): KnownAccount {
  const account = known.find(({ accountId, awsAccountId }) => accountId === id || awsAccountId === id);
  if (account) return account;
  const named = known.slice(0, NAMED).map(({ name, awsAccountId }) => `${name} (${awsAccountId})`);
  const more = known.length > NAMED ? `, and ${known.length - NAMED} more` : "";
  const choice = known.length > 0 ? `There are ${named.join(", ")}${more}.` : "None is connected yet.";
  throw at(field, `${notFound("This account").message} ${choice}`);
}

export function namesOf(known: KnownAccount[], awsAccountIds: string[]): string[] {
  return awsAccountIds.map((id) => known.find(({ awsAccountId }) => awsAccountId === id)?.name ?? id);
}

function at(field: string, message: string): AppError {
  return new AppError("NOT_FOUND", message, { fields: { [field]: message } });
}
