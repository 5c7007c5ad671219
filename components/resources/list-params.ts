import {
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from "nuqs/server";
import { scopeParams } from "@/components/scope-params";
import { searchText } from "@/components/search-text";
import type { RouterInputs } from "@/server/routers";

export const sortKeys = ["name", "type", "region", "state", "firstSeenAt", "lastChangedAt"] as const;
export const presences = ["live", "gone", "all"] as const;

/** What the resource list's address carries: everything that decides which rows are shown and in what order. */
export const listParams = {
  ...scopeParams,
  type: parseAsArrayOf(parseAsString).withDefault([]),
  state: parseAsArrayOf(parseAsString).withDefault([]),
  tag: parseAsArrayOf(parseAsString).withDefault([]),
  gone: parseAsStringLiteral(presences).withDefault("live"),
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(sortKeys).withDefault("name"),
  dir: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
};

export type ListParams = inferParserType<typeof listParams>;
type ListInput = RouterInputs["resources"]["list"];

const PAGE_SIZE = 100;
const write = createSerializer(listParams);

/** The address in the API's words. Equal addresses give equal inputs, so that the server's first page fits the browser's. */
export function listInput({ account, region, type, state, tag, gone, q, sort, dir }: ListParams): ListInput {
  const some = (values: string[]) => (values.length > 0 ? values : undefined);
  return {
    filter: {
      types: some(type),
      accountIds: some(account),
      regions: some(region),
      states: some(state),
      tags: some(tag),
      presence: gone,
      search: searchText(q),
    },
    sort,
    direction: dir,
    limit: PAGE_SIZE,
  };
}

/** The list behind a number. */
export function resourcesHref(params: Partial<ListParams>): string {
  return write("/resources", params);
}

/** The whole filtered set as CSV. Each value stands by itself there, so that a tag may hold a comma. */
export function exportHref({ account, region, type, state, tag, gone, q, sort, dir }: ListParams): string {
  const query = new URLSearchParams();
  const lists = { type, account, region, state, tag };
  for (const [key, values] of Object.entries(lists)) for (const value of values) query.append(key, value);
  if (gone !== "live") query.set("presence", gone);
  const search = searchText(q);
  if (search) query.set("q", search);
  query.set("sort", sort);
  query.set("direction", dir);
  return `/resources/export?${query}`;
}

/** Whether anything narrows the list; the scope counts, its order does not. */
export function isFiltered({ account, region, type, state, tag, gone, q }: ListParams): boolean {
  return [account, region, type, state, tag].some((values) => values.length > 0) || gone !== "live" || q.trim() !== "";
}

/** Says how a search of one or two letters is meant: no index knows where such few letters stand within a word. */
export function searchHint({ q }: Pick<ListParams, "q">): string | undefined {
  return /^[\p{L}\p{N}]{1,2}$/u.test(q.trim()) ? "One or two letters find the words that begin with them." : undefined;
}
