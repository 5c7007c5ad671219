import { jobs } from "./registry";

/**
 * Works what is due until nothing is left or `budgetMs` is used up, and returns how many rows were worked. The cron
 * route, the worker, `npm start` and the demo all call this; any number may run at once.
 */
export async function tick({
  budgetMs,
  signal = new AbortController().signal,
}: {
  budgetMs: number;
  signal?: AbortSignal;
}): Promise<number> {
  const deadline = performance.now() + budgetMs;
  let worked = 0;
  for (;;) {
    let round = 0;
    for (const job of Object.values(jobs)) round += await job({ deadline, signal });
    worked += round;
    if (round === 0 || signal.aborted || performance.now() >= deadline) return worked;
  }
}
