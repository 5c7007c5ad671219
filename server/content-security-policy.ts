/** Pure: what a page of ours may load and run. Safe on the Edge. */

interface PageContext {
  /** Fresh for each response. */
  nonce: string;
  publishableKey: string;
  /** Reloading in development evaluates code and holds a socket open. */
  isDevelopment: boolean;
  isHttps: boolean;
}

/**
 * A page's policy. Scripts run by the response's own nonce, or because such a script loaded them, and in no other way. Styles may
 * be inline: Clerk's, Radix's and the toaster's are, and they carry no code.
 */
export function pagePolicy({ nonce, publishableKey, isDevelopment, isHttps }: PageContext): string {
  const clerk = `https://${frontendApiOf(publishableKey)}`;
  return write({
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", "https://img.clerk.com"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", clerk, ...(isDevelopment ? ["ws:"] : [])],
    // Clerk refreshes its token in a worker that it makes of a blob, and asks bots a question in Cloudflare's frame.
    "worker-src": ["'self'", "blob:"],
    "frame-src": ["https://challenges.cloudflare.com"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    ...(isHttps && { "upgrade-insecure-requests": [] }),
  });
}

/** For what is no page: nothing may be loaded, run or framed, whatever a browser takes the answer for. */
export const barePolicy = write({ "default-src": ["'none'"], "frame-ancestors": ["'none'"], "base-uri": ["'none'"] });

/** 128 random bits. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

function write(directives: Record<string, string[]>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** A publishable key is its prefix and Clerk's host name in base64, ended by a dollar sign. */
function frontendApiOf(publishableKey: string): string {
  return atob(publishableKey.split("_")[2] ?? "").replace(/\$$/, "");
}
