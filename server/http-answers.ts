import { subscribe } from "node:diagnostics_channel";
import type { Exchange } from "./http-metrics";
import { readManifest } from "./routes-manifest";
import { servedAddress } from "./served-address";

/**
 * Sees to what the framework leaves out of some answers of this process's HTTP server, through Node's own diagnostics channel, which
 * tells of a request before anybody handles it: an address that the framework would fail over is served as any other, TRACE is refused,
 * and its own redirects and errors have our security headers too.
 */
export function completeAnswers(): void {
  const { headers } = readManifest();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Exchange;
    request.url = servedAddress(request.url ?? "/");
    // No Request of the web may have it, so the framework would fail over it; now it is refused as whatever it does not know.
    if (request.method === "TRACE") request.method = "UNKNOWN";
    for (const { key, value } of headers) response.setHeader(key, value);
  });
}
