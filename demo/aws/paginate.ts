import { AwsError } from "./wire/sim";

/**
 * One page of `list` as AWS pages: at most `size` items from where `token` points, and the token of the next page. Tokens
 * are opaque and bound to `operation`; another operation's is refused in the service's own words.
 */
export function paginate<T>(list: readonly T[], { operation, token, size, invalid }: { operation: string; token: string | undefined; size: number; invalid?: AwsError }): { page: T[]; next: string | undefined } {
  const from = token === undefined || token === "" ? 0 : readToken(operation, token);
  if (from === null || from > list.length) throw invalid ?? new AwsError("InvalidNextToken", 400, "The token is not valid.");
  const end = from + size;
  return { page: list.slice(from, end), next: end < list.length ? Buffer.from(`${operation}:${end}`).toString("base64") : undefined };
}

function readToken(operation: string, token: string): number | null {
  const [of, from] = Buffer.from(token, "base64").toString().split(":");
  return of === operation && /^\d+$/.test(from ?? "") ? Number(from) : null;
}

/** `asked` within the API's bounds; a number outside of them is AWS's own validation error. */
export function pageSize(asked: number | undefined, { low, most, byDefault = most, code = "InvalidParameterValue" }: { low: number; most: number; byDefault?: number; code?: string }): number {
  if (asked === undefined) return byDefault;
  if (asked < low || asked > most) throw new AwsError(code, 400, `The value ${asked} is out of bounds: ${low} to ${most}.`);
  return asked;
}
