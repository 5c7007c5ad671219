/** Pure: at which addresses people open this installation. Safe on the Edge. */
import { isLoopback } from "./clerk-mode";

interface Installation {
  /** APP_URL: the address that people open. */
  appUrl: string | undefined;
  /** Signed in to by the local stand-in, which serves this machine alone. */
  isLocal: boolean;
}

/**
 * The origins that are ours: APP_URL's, and with the local stand-in, first, whatever name of this machine a page is opened by. Never
 * what a request says of itself: anybody may write X-Forwarded-Host. A session token made for another origin is refused, and so is a change
 * that a page of another origin asks for. Throws where APP_URL is not set, as Clerk takes no origin at all for any.
 */
export function ownOrigins(headers: Headers, { appUrl, isLocal }: Installation): [string, ...string[]] {
  if (!appUrl)
    throw new Error("APP_URL is missing: sessions that were made for another site could not be told from ours.");
  const shown = shownOrigin(headers);
  const own = new URL(appUrl).origin;
  return isLocal && isLoopback(new URL(shown).hostname) ? [shown, own] : [own];
}

/** The origin in the browser's address bar, as the request claims. Not the request's URL: the standalone server writes its own name there. */
export function shownOrigin(headers: Headers): string {
  const protocol = headers.get("x-forwarded-proto")?.split(",")[0]?.trim() || "http";
  const host = headers.get("x-forwarded-host")?.split(",")[0]?.trim() || headers.get("host") || "localhost";
  const origin = `${protocol}://${host}`;
  return URL.canParse(origin) ? new URL(origin).origin : "http://invalid.invalid";
}
