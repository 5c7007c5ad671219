import { subscribe } from "node:diagnostics_channel";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { metrics } from "./metrics";
import { routePattern, routesOf, type Route } from "./route-pattern";
import { closeOnExit } from "./shutdown";

interface Exchange {
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
  const routes = readRoutes();
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
      method: methods.has(request.method ?? "") ? request.method! : "other",
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

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What `next build` wrote of the routes; under `next dev` there is nothing yet, and every route is `other`. */
function readRoutes(): Route[] {
  const file = join(process.cwd(), ".next/routes-manifest.json");
  if (!existsSync(file)) return [];
  return routesOf(JSON.parse(readFileSync(file, "utf8")) as Parameters<typeof routesOf>[0]);
}
