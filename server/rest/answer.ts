import { TRPCError } from "@trpc/server";
import { newRequestId } from "../context";
import { AppError, explain, type Explanation } from "../errors";
import { log } from "../log";
import { createCaller } from "../routers";
import type { TrpcContext } from "../trpc";
import type { Endpoint } from "./endpoint";
import { readInput } from "./read-input";

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
  try {
    const context = hasBearer(request) ? await createContext() : null;
    requestId = context?.requestId ?? requestId;
    if (!context?.identity) throw new AppError("UNAUTHORIZED", howToSignIn);
    const input = await readInput(endpoint, request, params);
    const data = await endpoint.call(createCaller(context), input);
    const body = { success: true, data, ...(endpoint.message && { message: endpoint.message }) };
    return Response.json(body, { status: endpoint.status, headers: headersOf(requestId) });
  } catch (error) {
    const told = explain(error, requestId);
    // What a procedure did not expect is in the log already.
    if (told.status >= 500 && !(error instanceof TRPCError))
      log.error({ requestId, path: endpoint.path, err: error }, "request failed");
    return refusal({ ...told, fields: renamed(told.fields, endpoint.fieldNames) }, requestId);
  }
}

/** An error as this API tells it. */
export function refusal(
  { code, status, message, fields, retryAfterSeconds }: Explanation,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { success: false, error: { code, message, requestId, ...(fields && { fields }) } },
    {
      status,
      headers: {
        ...headersOf(requestId),
        ...(retryAfterSeconds !== undefined && { "Retry-After": String(Math.ceil(retryAfterSeconds)) }),
        ...(status === 401 && { "WWW-Authenticate": "Bearer" }),
        ...headers,
      },
    },
  );
}

const howToSignIn =
  "Send Authorization: Bearer with a session token or an API key of Clerk that is valid for this CloudGuard.";

function hasBearer(request: Request): boolean {
  return /^Bearer \S/.test(request.headers.get("authorization") ?? "");
}

function headersOf(requestId: string): Record<string, string> {
  return { "X-Request-Id": requestId, "Cache-Control": "no-store" };
}

function renamed(fields: Record<string, string> | undefined, names: Record<string, string> = {}) {
  if (!fields) return undefined;
  return Object.fromEntries(Object.entries(fields).map(([field, message]) => [names[field] ?? field, message]));
}
