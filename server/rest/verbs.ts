import { newRequestId } from "../context";
import { AppError, explain } from "../errors";
import { log } from "../log";
import { corsHeaders, preflightHeaders } from "./cors";
import { refusal } from "./refusal";

/** Next gives a path without parameters none at all, and a catch-all a list. */
export type PathParams = Record<string, string | string[]> | undefined;
export type Handler = (request: Request, route: { params: Promise<PathParams> }) => Promise<Response>;
export type Verb = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/**
 * The handlers of a route file from those of some verbs: every answer has a request id, other verbs get 405 with Allow, and what a
 * handler did not expect is logged and answered by that id alone. With `cors`, pages of ALLOWED_ORIGINS may call it.
 */
export function verbs(handlers: Partial<Record<Verb, Handler>>, { cors = false } = {}): Record<Verb, Handler> {
  const all: Partial<Record<Verb, Handler>> = { ...handlers, ...(handlers.GET && { HEAD: handlers.GET }) };
  const allowed = [...Object.keys(all), "OPTIONS"].join(", ");
  const handler = (verb: Verb) => {
    const answered = explained(all[verb] ?? (() => Promise.resolve(notSupported(verb, allowed))));
    return cors ? withCors(answered) : answered;
  };
  return {
    GET: handler("GET"),
    HEAD: handler("HEAD"),
    POST: handler("POST"),
    PUT: handler("PUT"),
    PATCH: handler("PATCH"),
    DELETE: handler("DELETE"),
    OPTIONS: (request) => {
      const origin = request.headers.get("origin");
      const shared = cors ? preflightHeaders(origin, process.env.ALLOWED_ORIGINS, Object.keys(all)) : {};
      const headers = { Allow: allowed, "X-Request-Id": newRequestId(), ...shared };
      return Promise.resolve(new Response(null, { status: 204, headers }));
    },
  };
}

/** The framework would write an error that rises to its own console, without an id, and nothing to the answer. */
function explained(handler: Handler): Handler {
  return async (request, route) => {
    try {
      return await handler(request, route);
    } catch (error) {
      const requestId = newRequestId();
      const told = explain(error, requestId);
      const { pathname } = new URL(request.url);
      if (told.status >= 500) log.error({ requestId, path: pathname, err: error }, "request failed");
      return refusal(told, requestId);
    }
  };
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
