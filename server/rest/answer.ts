import { TRPCError } from "@trpc/server";
import { bringsToken } from "../brings-token";
import { newRequestId } from "../context";
import { AppError, explain } from "../errors";
import { log } from "../log";
import { metrics } from "../metrics";
import { contextFor, drawAllowance, drawAsStranger, type TrpcContext } from "../request-context";
import { createCaller } from "../routers";
import type { Endpoint } from "./endpoint";
import { readInput } from "./read-input";
import { refusal } from "./refusal";

/**
 * The answer of one endpoint to a request: `{ success: true, data, message? }`, or `{ success: false, error }` with its
 * status. `createContext` is asked only where there is a bearer token: no cookie opens this door, so no other site can
 * make a browser use it.
 */
export async function answer(
  endpoint: Endpoint,
  request: Request,
  params: Record<string, string>,
  createContext: () => Promise<TrpcContext>,
): Promise<Response> {
  let requestId = newRequestId();
  let headers = new Headers({ "X-Request-Id": requestId });
  try {
    const context = bringsToken(request.headers) ? await createContext() : contextFor(null, request.headers);
    ({ requestId } = context);
    ({ headers } = context.answer);
    if (!context.identity) {
      await drawAsStranger(context);
      throw new AppError("UNAUTHORIZED", howToSignIn);
    }
    // Here already, so that a request with wrong input counts too.
    await drawAllowance(context, { costs: false });
    const input = await readInput(endpoint, request, params);
    const data = await endpoint.call(createCaller(context), input);
    const body = { success: true, data, ...(endpoint.message && { message: endpoint.message }) };
    headers.set("Cache-Control", "no-store");
    return Response.json(body, { status: endpoint.status, headers });
  } catch (error) {
    const told = explain(error, requestId);
    if (told.status === 401) metrics.authFailures.inc({ door: "rest" });
    // What a procedure did not expect is in the log already.
    if (told.status >= 500 && !(error instanceof TRPCError))
      log.error({ requestId, path: endpoint.path, err: error }, "request failed");
    return refusal({ ...told, fields: renamed(told.fields, endpoint.fieldNames) }, requestId, headers);
  }
}

const howToSignIn =
  "Send Authorization: Bearer with a session token or an API key of Clerk that is valid for this CloudGuard.";

function renamed(fields: Record<string, string> | undefined, names: Record<string, string> = {}) {
  if (!fields) return undefined;
  return Object.fromEntries(Object.entries(fields).map(([field, message]) => [names[field] ?? field, message]));
}
