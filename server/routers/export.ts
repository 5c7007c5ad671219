import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import type { Identity } from "../auth";
import type { RoomContext } from "../context";
import * as costs from "../cost/export";
import { exportDetection } from "../drift/export";
import { exportInput as detectionInput } from "../drift/filter";
import { AppError, explain } from "../errors";
import { log, withLogContext } from "../log";
import { metrics } from "../metrics";
import { assertPlainText } from "../plain-text";
import { createContext, drawAllowance, drawAsStranger } from "../request-context";
import * as resources from "../resources/export";

interface Download {
  body: BodyInit;
  contentType: string;
  fileName: string;
}

/** The resource list as a CSV download. */
export function exportResources(query: URLSearchParams, ask = createContext): Promise<Response> {
  return download(query, ask, async (ctx) =>
    csv("resources", await resources.exportCsv(ctx, resources.exportInput(query))),
  );
}

/** Costs by day, account and service as a CSV download. */
export function exportCosts(query: URLSearchParams, ask = createContext): Promise<Response> {
  return download(query, ask, async (ctx) => csv("costs", await costs.exportCosts(ctx, costs.exportInput(query))));
}

/** A detection as a JSON or Markdown download: `?detection=…&format=markdown`. 404 where it is not the tenant's. */
export function exportDrift(query: URLSearchParams, ask = createContext): Promise<Response> {
  return download(query, ask, (ctx) =>
    exportDetection(
      ctx,
      detectionInput.parse({ detectionId: query.get("detection"), format: query.get("format") ?? undefined }),
    ),
  );
}

const csv = (what: string, body: BodyInit): Download => ({
  body,
  contentType: "text/csv",
  fileName: `cloudguard-${what}-${new Date().toISOString().slice(0, 10)}.csv`,
});

/** A file for whoever is signed in. 401 without a session, 400 or 404 with the parameter's name. */
async function download(
  query: URLSearchParams,
  ask: typeof createContext,
  build: (ctx: RoomContext) => Promise<Download>,
): Promise<Response> {
  const context = await ask();
  const { requestId, identity, sender, answer } = context;
  try {
    if (!identity) {
      await drawAsStranger(context);
      throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
    }
    await drawAllowance(context, { costs: false });
    assertPlainText([...query.values()]);
    const by = { ...identity, requestId, sender: { ...sender, email: await identity.email() } };
    const { body, contentType, fileName } = await withLogContext({ requestId, ...personOf(identity) }, () => build(by));
    answer.headers.set("Content-Type", `${contentType}; charset=utf-8`);
    answer.headers.set("Content-Disposition", `attachment; filename="${fileName}"`);
    answer.headers.set("Cache-Control", "no-store");
    return new Response(body, { headers: answer.headers });
  } catch (error) {
    const cause = error instanceof ZodError ? new TRPCError({ code: "BAD_REQUEST", cause: error }) : error;
    const { code, status, message, fields } = explain(cause, requestId);
    if (status === 401) metrics.authFailures.inc({ door: "export" });
    if (status >= 500) log.error({ requestId, ...personOf(identity), err: error }, "an export failed");
    const told = { code, message, requestId, ...(fields && { fields }) };
    return Response.json({ success: false, error: told }, { status, headers: answer.headers });
  }
}

const personOf = (identity: Identity | null) => ({
  tenantId: identity?.tenantId,
  clerkUserId: identity?.clerkUserId,
});
