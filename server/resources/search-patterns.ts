/** Pure: what a search looks for, and what an index knows of it. */
import type { ResourceFilter } from "./filter";

/** What is looked for in the search text. NUL cannot be stored, so it cannot be found; PostgreSQL refuses it in a parameter. */
export const searched = ({ search = "" }: ResourceFilter): string => search.toLowerCase().replaceAll("\u0000", "");

/** What an index knows of a search: any three letters or digits in a row, how a word begins, and the last two before its end. */
const hasTrigram = /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}]/u;

/** Whether the index of words finds it; what it does not know is looked for row by row. */
export const isIndexed = (search: string) => hasTrigram.test(search) || isShort.test(search);
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
