import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { WireRequest, WireResponse } from "./message";

/** Answers HTTP on a loopback port; 0 takes a free one. `answer` must not throw: what it throws costs the connection. */
export function listen(
  port: number,
  answer: (request: WireRequest) => Promise<WireResponse>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, outgoing) => {
    readWhole(incoming)
      .then(answer)
      .then((response) => deliver(response, incoming, outgoing))
      .catch((error: unknown) => {
        // A client that goes away while it still sends is no news.
        if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") console.error("[simulated AWS]", error);
        outgoing.destroy();
      });
  });
  // A keep-alive longer than any client's: a client must never meet a connection that we have just closed.
  server.keepAliveTimeout = 120_000;
  return new Promise((ready, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      ready({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    });
  });
}

async function readWhole(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)),
    headers,
    body: Buffer.concat(chunks),
  };
}

function deliver(response: WireResponse, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { status, headers, breakage } = response;
  if (breakage === "reset") return void incoming.socket.destroy();
  const body = typeof response.body === "string" ? Buffer.from(response.body, "utf8") : response.body;
  outgoing.writeHead(status, { ...headers, "content-length": String(body.length) });
  if (incoming.method === "HEAD") return void outgoing.end();
  if (breakage === "truncate")
    // The length that was promised never comes.
    return void outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
  outgoing.end(body);
}
