import { tick } from "./tick";

/** Short, so that the function ends well before Vercel's limit. */
const BUDGET_MS = 20_000;

/**
 * The answer as it is; on Vercel, where no worker runs between two crons, due work goes on after it has been sent, where the answer
 * `isAwaited`. Asked for by what starts a job and by whoever watches one.
 */
export async function tickAfterResponse<T>(answer: Promise<T>, isAwaited = (_given: T) => true): Promise<T> {
  const given = await answer;
  if (process.env.VERCEL && isAwaited(given)) {
    const { after } = await import("next/server");
    after(async () => void (await tick({ budgetMs: BUDGET_MS })));
  }
  return given;
}
