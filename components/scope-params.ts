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

/** What a page asks for in a scope: nothing chosen is everything. */
export function scopeInput({ account, region }: Scope): { accountIds?: string[]; regions?: string[] } {
  return { ...(account.length > 0 && { accountIds: account }), ...(region.length > 0 && { regions: region }) };
}
