/** Pure: a search as lists ask the server for it. */

const MAX_ASKED = 201;

/**
 * What is sought for, undefined for nothing. Of a text that is too long only so much that the server refuses it in its own words:
 * all of it would not fit into a request's address, and would read as a broken connection.
 */
export function searchText(typed: string): string | undefined {
  return typed.trim().slice(0, MAX_ASKED) || undefined;
}
