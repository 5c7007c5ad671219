/** Pure: which accounts the list shows, in what order, by its address. */
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";
import { scopeParams } from "@/components/scope-params";
import type { AccountSummary } from "./account-status";

export const accountStatuses = ["error", "limited", "scanning", "paused", "connected"] as const;
export const accountSorts = ["name", "status", "resources", "gaps", "lastSyncedAt"] as const;

export const accountListParams = {
  ...scopeParams,
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(accountStatuses)).withDefault([]),
  sort: parseAsStringLiteral(accountSorts).withDefault("name"),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
};

export type AccountListParams = inferParserType<typeof accountListParams>;

type Listed = Pick<
  AccountSummary,
  "id" | "name" | "awsAccountId" | "status" | "resourceCount" | "lastSyncedAt" | "completeness"
>;

/** The accounts that fit, sorted; equal ones by name. What is unknown comes last in either direction. */
export function shownAccounts<Account extends Listed>(accounts: Account[], params: AccountListParams): Account[] {
  const wanted = params.q.trim().toLowerCase();
  const fits = ({ id, name, awsAccountId, status }: Account) =>
    (params.account.length === 0 || params.account.includes(id)) &&
    (params.status.length === 0 || params.status.includes(status)) &&
    (name.toLowerCase().includes(wanted) || awsAccountId.includes(wanted.replace(/[\s-]/g, "") || wanted));
  const sign = params.dir === "asc" ? 1 : -1;
  return accounts.filter(fits).sort((a, b) => {
    const [one, other] = [sortValue(a, params.sort), sortValue(b, params.sort)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(a, b);
    return sign * compare(one, other) || byName(a, b);
  });
}

/** Whether anything narrows the list. The region of the scope does not: an account is listed with all its regions. */
export function isNarrowed({ account, q, status }: AccountListParams): boolean {
  return account.length > 0 || status.length > 0 || q.trim() !== "";
}

function sortValue(account: Listed, sort: AccountListParams["sort"]): string | number | null {
  switch (sort) {
    case "name":
      return account.name;
    case "status":
      return accountStatuses.indexOf(account.status);
    case "resources":
      return account.resourceCount;
    case "gaps":
      return account.completeness.gaps.length || (account.completeness.cellsRead > 0 ? 0 : null);
    case "lastSyncedAt":
      return account.lastSyncedAt?.getTime() ?? null;
  }
}

function compare(one: string | number, other: string | number): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), "en", { numeric: true });
}

const byName = (a: Listed, b: Listed) => compare(a.name, b.name) || compare(a.awsAccountId, b.awsAccountId);
