<<<<<<< HEAD
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { RoomContext } from "../context";
import * as costs from "../cost/export";
import { AppError, explain } from "../errors";
import { createContext, drawAllowance } from "../request-context";
import * as resources from "../resources/export";

/** The resource list as a CSV download. */
export function exportResources(query: URLSearchParams): Promise<Response> {
  return download("resources", (ctx) => resources.exportCsv(ctx, resources.exportInput(query)));
}

/** Costs by day, account and service as a CSV download. */
export function exportCosts(query: URLSearchParams): Promise<Response> {
  return download("costs", (ctx) => costs.exportCosts(ctx, costs.exportInput(query)));
}

/** A CSV file for whoever is signed in. 401 without a session, 400 or 404 with the parameter's name. */
async function download(what: string, write: (ctx: RoomContext) => Promise<BodyInit>): Promise<Response> {
  const context = await createContext();
  const { requestId, identity, sender, answer } = context;
  try {
    if (!identity) throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
    await drawAllowance(context, { costs: false });
    const body = await write({ ...identity, requestId, sender: { ...sender, email: await identity.email() } });
    const name = `cloudguard-${what}-${new Date().toISOString().slice(0, 10)}.csv`;
    answer.headers.set("Content-Type", "text/csv; charset=utf-8");
    answer.headers.set("Content-Disposition", `attachment; filename="${name}"`);
    answer.headers.set("Cache-Control", "no-store");
    return new Response(body, { headers: answer.headers });
  } catch (error) {
    const isExpected = error instanceof ZodError || (error instanceof AppError && error.code !== "INTERNAL");
    if (!isExpected) throw error;
    const cause = error instanceof ZodError ? new TRPCError({ code: "BAD_REQUEST", cause: error }) : error;
    const { code, status, message } = explain(cause, requestId);
    return Response.json({ success: false, error: { code, message, requestId } }, { status, headers: answer.headers });
=======
import { z, ZodError } from "zod";
import { identify } from "../auth";
import { newRequestId, type RoomContext } from "../context";
import { exportDetection } from "../drift/export";
import { exportInput as detectionInput } from "../drift/filter";
import { AppError, errorCodes } from "../errors";
import { exportCsv, exportInput } from "../resources/export";

interface Download {
  body: BodyInit;
  contentType: string;
  fileName: string;
}

/** The resource list as a CSV download, for whoever is signed in. 401 without a session, 400 with the parameter's name. */
export function exportResources(query: URLSearchParams): Promise<Response> {
  return download((ctx) => ({
    body: exportCsv(ctx, exportInput(query)),
    contentType: "text/csv",
    fileName: `cloudguard-resources-${new Date().toISOString().slice(0, 10)}.csv`,
  }));
}

/** A detection as a JSON or Markdown download: `?detection=…&format=markdown`. 404 where it is not the tenant's. */
export function exportDrift(query: URLSearchParams): Promise<Response> {
  return download((ctx) =>
    exportDetection(
      ctx,
      detectionInput.parse({ detectionId: query.get("detection"), format: query.get("format") ?? undefined }),
    ),
  );
}

async function download(build: (ctx: RoomContext) => Download | Promise<Download>): Promise<Response> {
  const requestId = newRequestId();
  const headers = { "X-Request-Id": requestId };
  const identity = await identify();
  const refuse = (status: number, code: string, message: string) =>
    Response.json({ success: false, error: { code, message, requestId } }, { status, headers });
  if (!identity) return refuse(401, "UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  try {
    const { body, contentType, fileName } = await build({ ...identity, requestId });
    return new Response(body, {
      headers: {
        ...headers,
        "Content-Type": `${contentType}; charset=utf-8`,
        "Content-Disposition": `attachment; filename="${fileName}"`,
      },
    });
  } catch (error) {
    if (error instanceof ZodError) return refuse(400, "BAD_REQUEST", z.prettifyError(error));
    if (error instanceof AppError) return refuse(errorCodes[error.code], error.code, error.message);
    throw error;
>>>>>>> drift
  }
}
