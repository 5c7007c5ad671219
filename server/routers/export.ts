import { ZodError } from "zod";
import { identify } from "../auth";
import { newRequestId, type RoomContext } from "../context";
import * as costs from "../cost/export";
import { AppError, errorCodes, wrongInput } from "../errors";
import * as resources from "../resources/export";

/** The resource list as a CSV download. */
export function exportResources(query: URLSearchParams): Promise<Response> {
  return download("resources", (ctx) => Promise.resolve(resources.exportCsv(ctx, resources.exportInput(query))));
}

/** Costs by day, account and service as a CSV download. */
export function exportCosts(query: URLSearchParams): Promise<Response> {
  return download("costs", (ctx) => costs.exportCosts(ctx, costs.exportInput(query)));
}

/** A CSV file for whoever is signed in. 401 without a session, 400 or 404 with the parameter's name. */
async function download(what: string, write: (ctx: RoomContext) => Promise<BodyInit>): Promise<Response> {
  const requestId = newRequestId();
  const headers = { "X-Request-Id": requestId };
  const identity = await identify();
  const refuse = (status: number, code: string, message: string) =>
    Response.json({ success: false, error: { code, message, requestId } }, { status, headers });
  if (!identity) return refuse(401, "UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  try {
    const body = await write({ ...identity, requestId });
    const name = `cloudguard-${what}-${new Date().toISOString().slice(0, 10)}.csv`;
    return new Response(body, {
      headers: {
        ...headers,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    });
  } catch (error) {
    if (error instanceof ZodError) return refuse(400, "BAD_REQUEST", wrongInput(error).message);
    if (error instanceof AppError && error.code !== "INTERNAL")
      return refuse(errorCodes[error.code], error.code, error.message);
    throw error;
  }
}
