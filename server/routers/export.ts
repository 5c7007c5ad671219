import { z, ZodError } from "zod";
import { AppError, errorCodes } from "../errors";
import { assertPlainText } from "../plain-text";
import { createContext, drawAllowance } from "../request-context";
import { exportCsv, exportInput } from "../resources/export";

/** The resource list as a CSV download, for whoever is signed in. 401 without a session, 400 with the parameter's name. */
export async function exportResources(query: URLSearchParams): Promise<Response> {
  const context = await createContext();
  const { requestId, identity, sender, answer } = context;
  try {
    if (!identity) throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
    await drawAllowance(context, { costs: false });
    assertPlainText([...query.values()]);
    const by = { ...identity, requestId, sender: { ...sender, email: await identity.email() } };
    const stream = await exportCsv(by, exportInput(query));
    const name = `cloudguard-resources-${new Date().toISOString().slice(0, 10)}.csv`;
    answer.headers.set("Content-Type", "text/csv; charset=utf-8");
    answer.headers.set("Content-Disposition", `attachment; filename="${name}"`);
    answer.headers.set("Cache-Control", "no-store");
    return new Response(stream, { headers: answer.headers });
  } catch (error) {
    const expected = error instanceof ZodError ? new AppError("BAD_REQUEST", z.prettifyError(error)) : error;
    if (!(expected instanceof AppError)) throw error;
    const { code, message } = expected;
    return Response.json(
      { success: false, error: { code, message, requestId } },
      { status: errorCodes[code], headers: answer.headers },
    );
  }
}
