import { newRequestId } from "../context";
import { AppError, explain } from "../errors";
import { createContext } from "../request-context";
import { answer, refusal } from "./answer";
import { corsHeaders, preflightHeaders } from "./cors";
import type { Endpoint } from "./endpoint";

/** Next gives a path without parameters none at all, and a catch-all a list. */
type PathParams = Record<string, string | string[]> | undefined;
type Handler = (request: Request, route: { params: Promise<PathParams> }) => Promise<Response>;
type Verb = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** The handlers of a route file: those of its endpoints, the preflight, and 405 with Allow for every other verb. */
export function serve(...endpoints: Endpoint[]): Record<Verb, Handler> {
  return verbs(
    Object.fromEntries(
      endpoints.map((endpoint) => [
        endpoint.method,
        async (request, { params }) => answer(endpoint, request, named(await params), createContext),
      ]),
    ),
  );
}

const named = (params: PathParams): Record<string, string> =>
  Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));

/** The handlers of a path that is not there. */
export function serveNothing(): Record<Verb, Handler> {
  const nothing: Handler = () => {
    const requestId = newRequestId();
    const error = new AppError("NOT_FOUND", "There is no such path. GET /api/openapi.json lists those that there are.");
    return Promise.resolve(refusal(explain(error, requestId), requestId));
  };
  return verbs({ GET: nothing, POST: nothing, PUT: nothing, PATCH: nothing, DELETE: nothing });
}

/** Handlers for all verbs from those of some, with CORS. */
export function verbs(handlers: Partial<Record<Verb, Handler>>): Record<Verb, Handler> {
  const all: Partial<Record<Verb, Handler>> = { ...handlers, ...(handlers.GET && { HEAD: handlers.GET }) };
  const allowed = [...Object.keys(all), "OPTIONS"].join(", ");
  const handler = (verb: Verb) => withCors(all[verb] ?? (() => Promise.resolve(notSupported(verb, allowed))));
  return {
    GET: handler("GET"),
    HEAD: handler("HEAD"),
    POST: handler("POST"),
    PUT: handler("PUT"),
    PATCH: handler("PATCH"),
    DELETE: handler("DELETE"),
    OPTIONS: (request) => Promise.resolve(preflight(request, Object.keys(all), allowed)),
  };
}

function preflight(request: Request, verbs: string[], allowed: string): Response {
  const cors = preflightHeaders(request.headers.get("origin"), process.env.ALLOWED_ORIGINS, verbs);
  return new Response(null, { status: 204, headers: { Allow: allowed, "X-Request-Id": newRequestId(), ...cors } });
}

function notSupported(verb: Verb, allowed: string): Response {
  const requestId = newRequestId();
  const error = new AppError("METHOD_NOT_SUPPORTED", `There is no ${verb} here. Allowed: ${allowed}.`);
  return refusal(explain(error, requestId), requestId, new Headers({ "X-Request-Id": requestId, Allow: allowed }));
}

function withCors(handler: Handler): Handler {
  return async (request, route) => {
    const response = await handler(request, route);
    const cors = corsHeaders(request.headers.get("origin"), process.env.ALLOWED_ORIGINS);
    for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
    return response;
  };
}
