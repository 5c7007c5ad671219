import { ZodError } from "zod";
import { identify } from "../auth";
import { newRequestId } from "../context";
import { wrongInput } from "../errors";
import { exportCsv, exportInput } from "../resources/export";

/** The resource list as a CSV download, for whoever is signed in. 401 without a session, 400 with the parameter's name. */
export async function exportResources(query: URLSearchParams): Promise<Response> {
  const requestId = newRequestId();
  const headers = { "X-Request-Id": requestId };
  const identity = await identify();
  const refuse = (status: number, code: string, message: string) =>
    Response.json({ success: false, error: { code, message, requestId } }, { status, headers });
  if (!identity) return refuse(401, "UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  try {
    const stream = exportCsv({ ...identity, requestId }, exportInput(query));
    const name = `cloudguard-resources-${new Date().toISOString().slice(0, 10)}.csv`;
    return new Response(stream, {
      headers: {
        ...headers,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    });
  } catch (error) {
    if (error instanceof ZodError) return refuse(400, "BAD_REQUEST", wrongInput(error).message);
    throw error;
  }
}
