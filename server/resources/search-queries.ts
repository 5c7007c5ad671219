import type { TenantTx } from "../db/client";
import { readTag, type ResourceFilter } from "./filter";

/** A filter whose search and tags the indexes have answered already, where what they find is few. */
export interface NarrowedFilter extends ResourceFilter {
  /** Stand for the search and the tags. */
  ids?: string[];
}

/** So many are looked at one by one; of more than that a list finds its page soon enough by walking in its order. */
const FEW = 1000;

/** The filter as the list's queries take it: a rare search or tag becomes the ids of what it finds. */
export async function narrow(tx: TenantTx, filter: ResourceFilter): Promise<NarrowedFilter> {
  const search = searched(filter);
  const patterns = hasTrigram.test(search) || isShort.test(search) ? patternsOf(search) : null;
  const tags = (filter.tags ?? []).map(readTag);
  const pairs = tags.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const]));
  const keys = tags.flatMap(({ key, value }) => (value === null ? [key] : []));
  // Two values of one key, which no resource has.
  if (pairs.some(([key, value]) => pairs.some(([other, otherValue]) => key === other && value !== otherValue)))
    return { ...filter, search: undefined, tags: undefined, ids: [] };
  if (!patterns && tags.length === 0) return filter;
  const wanted = pairs.length > 0 ? JSON.stringify(Object.fromEntries(pairs)) : null;
  const found = await tx.$queryRaw<{ id: string }[]>`
    select id from matching_resources(${patterns}::text[], ${wanted}::jsonb, ${keys.length > 0 ? keys : null}::text[], ${FEW + 1}::int) id`;
  if (found.length > FEW) return filter;
  const rest = patterns === null ? { search: filter.search } : {};
  return { ...filter, search: undefined, tags: undefined, ...rest, ids: found.map(({ id }) => id) };
}

/** What is looked for in the search text. NUL cannot be stored, so it cannot be found; PostgreSQL refuses it in a parameter. */
export const searched = ({ search = "" }: ResourceFilter): string => search.toLowerCase().replaceAll("\u0000", "");

/** What an index knows of a word: any three letters or digits in a row, and how it begins. */
const hasTrigram = /[\p{L}\p{N}]{3}/u;
const isShort = /^[\p{L}\p{N}]{1,2}$/u;
/** What stands before a word in a name, an id or an ARN. */
const separators = ["-", "/", ":", ".", " ", "\\_"];

/**
 * What the search text must be like, one of them. One or two letters find the words that begin with them, as no index knows
 * what lies within; LIKE's own signs mean themselves.
 */
export function patternsOf(search: string): string[] {
  const text = search.replace(/[\\%_]/g, "\\$&");
  return isShort.test(search) ? [`${text}%`, ...separators.map((sign) => `%${sign}${text}%`)] : [`%${text}%`];
}
