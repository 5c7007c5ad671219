/** Pure: what a figure says. */

export interface FigureFacts {
  /** null: nothing was read, which is not zero. */
  value: number | null;
  /** Some of what it counts could not be read: the value is at least this. */
  isPartial?: boolean;
  /** It stops counting here: "1,000+". */
  isCapped?: boolean;
}

const grouped = new Intl.NumberFormat("en-US");

/** "1,284" · "≥ 120" when part of it could not be read · "1,000+" when capped · "—" when nothing was read. */
export function figureText({ value, isPartial = false, isCapped = false }: FigureFacts): string {
  if (value === null) return "—";
  // At least nothing says nothing: what was read is empty and the rest is unknown.
  if (isPartial && value === 0) return "—";
  return `${isPartial ? "≥ " : ""}${grouped.format(value)}${isCapped ? "+" : ""}`;
}

interface Said {
  value: number;
  one: string;
  many?: string;
  isPartial?: boolean;
  isStale?: boolean;
}

/** "at least 1 stack, stale": a figure in words, for who does not see its marks. */
export function figureWords({ value, one, many, isPartial = false, isStale = false }: Said): string {
  return `${isPartial ? "at least " : ""}${plural(value, one, many)}${isStale ? ", stale" : ""}`;
}

/** "resources" for "resource", "addresses" for "address". */
export function pluralOf(noun: string): string {
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** "1 resource", "2 resources" */
export function plural(count: number, one: string, many = pluralOf(one)): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}
