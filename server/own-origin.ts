/** Pure: at which addresses people open this installation, from a request's own headers. Safe on the Edge. */
import { isLoopback } from "./clerk-mode";

/**
 * The origins that are ours: APP_URL's where it is set, and on this machine whatever name it is opened by. A session token
 * made for another origin is refused, and so is a change that a page of another origin asks for.
 */
export function ownOrigins(headers: Headers, appUrl: string | undefined): string[] {
  const shown = shownOrigin(headers);
  if (!appUrl) return [shown];
  return [new URL(appUrl).origin, ...(isLoopback(new URL(shown).hostname) ? [shown] : [])];
}

/** The origin in the browser's address bar. Not the request's URL: the standalone server writes its own name there. */
export function shownOrigin(headers: Headers): string {
  const protocol = headers.get("x-forwarded-proto")?.split(",")[0]?.trim() || "http";
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host") || "localhost";
  const origin = `${protocol}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : "http://invalid.invalid";
}
