import { AwsError } from "./wire/sim";

interface Paging {
  /** Tokens are bound to it: another operation's is refused. */
  operation: string;
  token: string | undefined;
  size: number;
  /** The service's own words for a token that it did not give out. */
  invalid?: AwsError;
}

/** One page of `list` as AWS pages: at most `size` items from where `token` points, and the token of the next page. */
export function paginate<T>(
  list: readonly T[],
  { operation, token, size, invalid }: Paging,
): { page: T[]; next: string | undefined } {
  const from = token === undefined || token === "" ? 0 : readToken(operation, token);
  // A list may have become shorter since the token was given out: then the page is empty, as AWS's is.
  if (from === null) throw invalid ?? new AwsError("InvalidNextToken", 400, "The specified NextToken is not valid.");
  const end = from + size;
  return { page: list.slice(from, end), next: end < list.length ? writeToken(operation, end) : undefined };
}

function writeToken(operation: string, from: number): string {
  return Buffer.from(`${operation}:${from}`).toString("base64");
}

function readToken(operation: string, token: string): number | null {
  const [of, from] = Buffer.from(token, "base64").toString().split(":");
  const isOurs = of === operation && /^\d+$/.test(from ?? "") && writeToken(operation, Number(from)) === token;
  return isOurs ? Number(from) : null;
}

interface Bounds {
  low: number;
  most: number;
  byDefault?: number;
  code?: string;
}

/** `asked` within the API's bounds; a number outside of them is AWS's own validation error. */
export function pageSize(
  asked: number | undefined,
  { low, most, byDefault = most, code = "InvalidParameterValue" }: Bounds,
): number {
  if (asked === undefined) return byDefault;
  if (asked < low || asked > most)
    throw new AwsError(code, 400, `The value ${asked} is out of bounds: ${low} to ${most}.`);
  return asked;
}
