import { newRequestId } from "../context";
import { AppError, explain } from "../errors";
import { createContext } from "../request-context";
import { answer } from "./answer";
import type { Endpoint } from "./endpoint";
import { refusal } from "./refusal";
import { verbs, type Handler, type PathParams, type Verb } from "./verbs";

/** The handlers of a route file: those of its endpoints, the preflight, and 405 with Allow for every other verb. */
export function serve(...endpoints: Endpoint[]): Record<Verb, Handler> {
  const handlers = endpoints.map((endpoint): [Verb, Handler] => [
    endpoint.method,
    async (request, { params }) => answer(endpoint, request, named(await params), createContext),
  ]);
  return verbs(Object.fromEntries(handlers), { cors: true });
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
  return verbs({ GET: nothing, POST: nothing, PUT: nothing, PATCH: nothing, DELETE: nothing }, { cors: true });
}
