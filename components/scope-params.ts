import { createLoader, createSerializer, parseAsArrayOf, parseAsString } from "nuqs/server";

/** The scope as it stands in the address: our account ids and AWS's region names, none meaning all. */
export const scopeParams = {
  account: parseAsArrayOf(parseAsString).withDefault([]),
  region: parseAsArrayOf(parseAsString).withDefault([]),
};

export interface Scope {
  account: string[];
  region: string[];
}

export const loadScope = createLoader(scopeParams);

const write = createSerializer(scopeParams);

/** A page's address within a scope, so that going on keeps what was chosen. */
export function scopedHref(path: string, scope: Scope): string {
  return write(path, scope);
}

/** What the pages that know any choice of accounts and regions ask for. */
export function scopeLists({ account, region }: Scope): { accountIds?: string[]; regions?: string[] } {
  return { ...(account.length > 0 && { accountIds: account }), ...(region.length > 0 && { regions: region }) };
}

/** What the pages that know one account or all of them ask for. Several chosen at once count as all. */
export function scopeInput({ account, region }: Scope): { accountId?: string; region?: string } {
  return {
    ...(account.length === 1 && { accountId: account[0] }),
    ...(region.length === 1 && { region: region[0] }),
  };
}
