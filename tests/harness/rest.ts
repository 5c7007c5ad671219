import type { RoomContext } from "../../server/context";
import { contextFor, type TrpcContext } from "../../server/request-context";
import { answer } from "../../server/rest/answer";
import type { Endpoint } from "../../server/rest/endpoint";
import { endpoints } from "../../server/rest/index";

export interface RestRequest {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: string | object;
}

/** What came back, with the envelope taken apart. */
export interface RestAnswer {
  status: number;
  headers: Headers;
  success: boolean;
  data: unknown;
  message?: string;
  error?: { code: string; message: string; requestId: string; fields?: Record<string, string> };
}

export function endpointOf(id: string): Endpoint {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  if (!found) throw new Error(`There is no endpoint ${id}.`);
  return found;
}

/** Calls an endpoint as its route does, for a person whose token Clerk has verified; for nobody with null. */
export async function askRest(ctx: RoomContext | null, id: string, given: RestRequest = {}): Promise<RestAnswer> {
  const endpoint = endpointOf(id);
  const params = Object.fromEntries(Object.entries(given.params ?? {}).map(([name, value]) => [name, String(value)]));
  return told(await answer(endpoint, requestOf(endpoint, given), params, () => contextOf(ctx)));
}

export async function told(response: Response): Promise<RestAnswer> {
  const body = (await response.json()) as Omit<RestAnswer, "status" | "headers">;
  return { status: response.status, headers: response.headers, ...body };
}

/** The request on the wire; a body that is text goes as it is. */
export function requestOf({ method, path }: Endpoint, { query = {}, body }: RestRequest): Request {
  const url = new URL(path, "http://localhost");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return new Request(url, {
    method,
    headers: { authorization: "Bearer verified", "content-type": "application/json" },
    ...(method !== "GET" && body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

function contextOf(ctx: RoomContext | null): Promise<TrpcContext> {
  const identity = ctx && { ...ctx, isAdmin: true, mayWrite: true };
  return Promise.resolve(contextFor(identity, new Headers({ authorization: "Bearer verified" })));
}
