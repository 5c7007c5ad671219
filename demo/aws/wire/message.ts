import type { IncomingMessage, ServerResponse } from "node:http";

/** A request as the wire layer reads it: `path` still encoded, header names in lower case. */
export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export async function receive(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? "/";
  // Not `new URL`: it would rewrite the path that the signature was made over.
  const at = url.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: at < 0 ? url : url.slice(0, at),
    query: new URLSearchParams(at < 0 ? "" : url.slice(at + 1)),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  };
}

/** Sends `answer`; `truncate` promises the whole body, sends half of it and hangs up. */
export function send(answer: WireResponse, outgoing: ServerResponse, { truncate = false, isHead = false } = {}): void {
  const body = Buffer.from(answer.body as Uint8Array);
  outgoing.writeHead(answer.status, { ...answer.headers, "content-length": String(body.length) });
  if (truncate) outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
  else outgoing.end(isHead ? undefined : body);
}
