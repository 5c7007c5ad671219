import type { Explanation } from "../errors";

/** An error as this API tells it. */
export function refusal(
  { code, status, message, fields, retryAfterSeconds }: Explanation,
  requestId: string,
  headers = new Headers({ "X-Request-Id": requestId }),
): Response {
  headers.set("Cache-Control", "no-store");
  if (retryAfterSeconds !== undefined) headers.set("Retry-After", String(Math.ceil(retryAfterSeconds)));
  if (status === 401) headers.set("WWW-Authenticate", "Bearer");
  return Response.json(
    { success: false, error: { code, message, requestId, ...(fields && { fields }) } },
    { status, headers },
  );
}
