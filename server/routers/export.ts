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
  }
}
