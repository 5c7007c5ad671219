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
    // All at once: a long scan of one tenant must not keep another's costs waiting until the budget ends.
    for (const ended of await Promise.allSettled(Object.values(jobs).map((job) => job({ deadline, signal })))) {
      if (ended.status === "rejected") throw ended.reason;
      round += ended.value;
    }
    worked += round;
    if (round === 0 || signal.aborted || performance.now() >= deadline) return worked;
  }
}
