import { allowedOrigins } from "../allowed-origins";

/**
 * The CORS headers of an answer. `allowed` is ALLOWED_ORIGINS: origins separated by commas, or `*`; unset means that
 * no other origin may call. Credentials are never allowed: this API takes a bearer token and no cookie.
 * Source: https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(origin: string | null, allowed: string | undefined): Record<string, string> {
  const origins = allowedOrigins(allowed);
  if (origins.includes("*")) return { "Access-Control-Allow-Origin": "*", ...exposed };
  if (origins.length === 0) return {};
  // Also without a match: a cache must not give one origin's answer to another.
  if (!origin || !origins.includes(origin)) return { Vary: "Origin" };
  return { "Access-Control-Allow-Origin": origin, Vary: "Origin", ...exposed };
}

/** What a preflight is told beside that, of a path with these verbs. Only where the origin may call at all. */
export function preflightHeaders(
  origin: string | null,
  allowed: string | undefined,
  verbs: string[],
): Record<string, string> {
  const headers = corsHeaders(origin, allowed);
  if (!headers["Access-Control-Allow-Origin"]) return headers;
  return {
    ...headers,
    "Access-Control-Allow-Methods": verbs.join(", "),
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
  };
}

const exposed = {
  "Access-Control-Expose-Headers":
    "X-Request-Id, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Allow",
};
