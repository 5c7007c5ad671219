import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { knownMethods } from "./known-methods";
import { metrics } from "./metrics";
import { routePattern } from "./route-pattern";
import { readManifest } from "./routes-manifest";
import { closeOnExit } from "./shutdown";

/** What Node tells of a request on its diagnostics channels. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
  server: Server;
}

/**
 * Measures every request that this process's HTTP server answers, through Node's own diagnostics channels: the framework
 * offers no place that sees them all. They are also where the server itself becomes known, which must close in order.
 */
export function measureHttp(): void {
  const { routes } = readManifest();
  const began = new WeakMap<ServerResponse, number>();
  const counted = new WeakMap<Socket, { read: number; written: number }>();

  subscribe("http.server.request.start", (message) => {
    const { response, server } = message as Exchange;
    began.set(response, performance.now());
    closeOnExit(server);
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, response, socket } = message as Exchange;
    const startedAt = began.get(response);
    if (startedAt === undefined) return;
    const labels = {
      route: routePattern(request.url ?? "/", routes),
      method: knownMethods.has(request.method ?? "") ? request.method! : "other",
      status: String(response.statusCode),
    };
    metrics.httpRequests.observe(labels, (performance.now() - startedAt) / 1000);
    // A connection carries many requests, and counts its bytes over all of them.
    const before = counted.get(socket) ?? { read: 0, written: 0 };
    metrics.networkBytes.inc({ direction: "received" }, Math.max(0, socket.bytesRead - before.read));
    metrics.networkBytes.inc({ direction: "sent" }, Math.max(0, socket.bytesWritten - before.written));
    counted.set(socket, { read: socket.bytesRead, written: socket.bytesWritten });
  });
}
