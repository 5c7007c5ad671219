import { httpBatchLink } from "@trpc/client";
import superjson from "superjson";

/**
 * What a tab asks at once goes in one request, and begins one trace with it: the procedures, and what workers do for them later, are
 * found together where the server traces.
 */
export function batchLink(url: string) {
  const headers = () => ({ traceparent: newTraceparent() });
  return httpBatchLink({ url, transformer: superjson, maxURLLength: 6000, maxItems: 20, headers });
}

/** A new trace's W3C traceparent (version 00, sampled). */
function newTraceparent(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `00-${hex.slice(0, 32)}-${hex.slice(32)}-01`;
}
