/** Pure: by which credential a request asks. Safe on the Edge. */

/**
 * Whether a request brings a token of its own, by the rule that Clerk reads one by: the scheme is `Bearer`, spelt so. With any
 * other Authorization, and with none, Clerk goes by the cookies, which browsers send along unasked.
 */
export function bringsToken(headers: Headers): boolean {
  return /^Bearer \S/.test(headers.get("authorization") ?? "");
}
