/** Pure: searching in JSON. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Whether a key or a value at or under this place contains `wanted` (lower case). */
export function treeMatches(key: string, value: JsonValue, wanted: string): boolean {
  if (!wanted || key.toLowerCase().includes(wanted)) return true;
  if (value === null || typeof value !== "object") return String(value).toLowerCase().includes(wanted);
  return childrenOf(value).some(([name, child]) => treeMatches(name, child, wanted));
}

/** What lies directly under a list, in its order, or under an object, by name: the database keeps no order of its own. */
export function childrenOf(value: JsonValue): [name: string, child: JsonValue][] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.map((child, index) => [String(index), child]);
  return Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
}

/** Whether what lies under this place, down to `depth` levels, is more than `limit` rows. Counts no further than it must. */
export function isMoreThan(limit: number, value: JsonValue, depth: number): boolean {
  let left = limit;
  const count = (place: JsonValue, levels: number): boolean =>
    levels > 0 && childrenOf(place).some(([, child]) => --left < 0 || count(child, levels - 1));
  return count(value, depth);
}

/** What a closed branch says of itself: "3 items", "5 fields". */
export function summaryOf(value: JsonValue): string {
  const count = childrenOf(value).length;
  const [one, many] = Array.isArray(value) ? ["item", "items"] : ["field", "fields"];
  return `${count} ${count === 1 ? one : many}`;
}
