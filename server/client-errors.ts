import { subscribe } from "node:diagnostics_channel";
import { Server, STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { barePolicy } from "./content-security-policy";
import { newRequestId } from "./context";
import type { Exchange } from "./http-metrics";
import { readManifest } from "./routes-manifest";

/**
 * Answers what is no request of HTTP at all, such as headers that are too long. Nobody handles it, so Node would answer it by itself,
 * without our security headers and without a request id.
 * Source: https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror
 */
export function answerClientErrors(): void {
  const { headers } = readManifest();
  const answers = new WeakMap<Socket, ServerResponse>();
  subscribe("http.server.request.start", (message) => {
    const { socket, response } = message as Exchange;
    answers.set(socket, response);
  });
  // The first connection may already carry one: no request would have made the server known by then.
  subscribe("net.server.socket", (message) => {
    const { server } = (message as { socket: Socket & { server?: unknown } }).socket;
    if (!(server instanceof Server) || server.listenerCount("clientError") > 0) return;
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
      const answer = answers.get(socket);
      const isMidway = answer?.headersSent && !answer.writableFinished;
      // In the middle of an answer it would pass for a part of that answer.
      if (socket.writable && !isMidway) socket.write(clientErrorAnswer(error.code, headers));
      socket.destroy(error);
    });
  });
}

/** The whole answer to an error of Node's HTTP parser, as it goes over the wire. The statuses are those of Node itself. */
export function clientErrorAnswer(code: string | undefined, headers: { key: string; value: string }[]): string {
  const status = statuses[code ?? ""] ?? 400;
  const told = [
    ...headers.map(({ key, value }) => `${key}: ${value}`),
    `Content-Security-Policy: ${barePolicy}`,
    `X-Request-Id: ${newRequestId()}`,
    "Content-Length: 0",
    "Connection: close",
  ];
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${told.join("\r\n")}\r\n\r\n`;
}

const statuses: Partial<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
