/**
 * The item of `list` whose `key` is `value`. The index is made once for each array and lives as long as it does, so a
 * change of the world must replace the array and never change it in place.
 */
export function findBy<T extends object>(
  list: readonly T[],
  key: (item: T) => string | undefined,
  value: string | undefined,
): T | undefined {
  let index = indexes.get(list);
  if (!index) {
    index = new Map(list.map((item, at) => [key(item) ?? "", at]));
    indexes.set(list, index);
  }
  const at = index.get(value ?? "");
  return at === undefined ? undefined : list[at];
}

/** One key for each kind of array: tables by name, buckets by name, stacks by id. */
const indexes = new WeakMap<readonly object[], Map<string, number>>();
