import { endTracing } from "../tracing";
import { rouse } from "./rouse";
import { tick } from "./tick";

/** Short, so that the function ends well before Vercel's limit. */
const BUDGET_MS = 20_000;

/**
 * The answer as it is; what it has made due is begun at once, by this process's worker or, on Vercel, where none runs between two
 * crons, after it has been sent, where the answer `isAwaited`. Asked for by what starts a job and by whoever watches one.
 */
export async function tickAfterResponse<T>(answer: Promise<T>, isAwaited = (_given: T) => true): Promise<T> {
  const given = await answer;
  if (!isAwaited(given)) return given;
  rouse();
  if (process.env.VERCEL) {
    const { after } = await import("next/server");
    after(() => tick({ budgetMs: BUDGET_MS }).finally(endTracing));
  }
  return given;
}
