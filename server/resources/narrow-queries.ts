import type { TenantTx } from "../db/client";
import { readTag, type ResourceFilter } from "./filter";
import { COUNT_CAP, fewCells, someIds, type NarrowedFilter } from "./queries";
import { isIndexed, patternsOf, searched } from "./search-patterns";

/** So many are looked at one by one; of more than that a list finds its page soon enough by walking in its order. */
const FEW = COUNT_CAP;
/** Cells that hold no more than these are read whole, sooner than a list is walked for what lies in them. */
const FEW_IN_CELLS = 4000;
/** Cells that hold no more than these are given to the search, which has an index of what lies in them to meet its own with. */
const MANY_IN_CELLS = 50_000;

/**
 * The filter as the list's queries take it. What lies in few cells, as the rollup knows, is looked for there; what a search or a tag
 * finds becomes ids where it is little. Both at the cost of a page, however many resources there are.
 */
export async function narrow(tx: TenantTx, filter: ResourceFilter): Promise<NarrowedFilter> {
  const tags = (filter.tags ?? []).map(readTag);
  const pairs = tags.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const]));
  const keys = tags.flatMap(({ key, value }) => (value === null ? [key] : []));
  // Two values of one key, which no resource has.
  if (pairs.some(([key, value]) => pairs.some(([other, otherValue]) => key === other && value !== otherValue)))
    return { ...filter, ids: [] };
  const cells = narrowsToCells(filter) ? await fewCells(tx, filter, MANY_IN_CELLS) : null;
  if (cells?.ids.length === 0) return { ...filter, ids: [] };
  const search = searched(filter);
  const inCells = cells && cells.count <= FEW_IN_CELLS ? { ...filter, cellIds: cells.ids } : filter;
  if (!search && tags.length === 0) return inCells;
  const { accountIds, regions, types, states, presence } = filter;
  const patterns = search ? patternsOf(search) : null;
  const wanted = pairs.length > 0 ? JSON.stringify(Object.fromEntries(pairs)) : null;
  // One after the other in the list's order a million rows lie a million times elsewhere, and in the table's own side by side.
  const isKnown = isIndexed(search) || tags.length > 0;
  const found = !isKnown
    ? await someIds(tx, inCells, FEW + 1)
    : await tx.$queryRaw<{ id: string }[]>`
    select id from matching_resources(${patterns}::text[], ${wanted}::jsonb, ${given(keys)}::text[], ${given(cells?.ids)}::text[],
      ${given(accountIds)}::text[], ${given(regions)}::text[], ${given(types)}::text[], ${given(states)}::text[], ${presence}, ${FEW + 1}::int) id`;
  return found.length > FEW ? { ...inCells, isMany: true } : { ...filter, ids: found.map(({ id }) => id) };
}

const given = (values: string[] | null | undefined) => (values?.length ? values : null);

const narrowsToCells = ({ accountIds, regions, types, states, presence }: ResourceFilter) =>
  presence === "gone" || [accountIds, regions, types, states].some((some) => some?.length);
