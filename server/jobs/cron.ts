import { bearerFits } from "../bearer";
import { newRequestId } from "../context";
import { env } from "../env";
import { metrics } from "../metrics";
import { endTracing } from "../tracing";
import { tick } from "./tick";

/** The clock's calls. Each works whatever is due: its name says only how often the job that it is named for wants to be looked at. */
export const cronJobs = new Set(["inventory", "drift", "cost", "upkeep"]);
/** Below the function's 60 s, so that a tick ends by itself and hands back what it holds. */
const BUDGET_MS = 50_000;

/** One tick for the clock. Fails closed: without CRON_SECRET set, and without the right bearer, nothing runs. */
export async function runCron(job: string, authorization: string | null): Promise<Response> {
  if (!bearerFits(authorization, env().CRON_SECRET)) {
    metrics.authFailures.inc({ door: "cron" });
    return refused(401, "UNAUTHORIZED", "Send Authorization: Bearer with the CRON_SECRET of this installation.");
  }
  if (!cronJobs.has(job)) return refused(404, "NOT_FOUND", `There is no job called ${job}.`);
  const worked = await tick({ budgetMs: BUDGET_MS });
  // The function may stand still once it has answered.
  if (process.env.VERCEL) await endTracing();
  return Response.json({ success: true, data: { worked } }, { headers: { "X-Request-Id": newRequestId() } });
}

function refused(status: number, code: string, message: string): Response {
  const requestId = newRequestId();
  const body = { success: false, error: { code, message, requestId } };
  return Response.json(body, { status, headers: { "X-Request-Id": requestId } });
}
