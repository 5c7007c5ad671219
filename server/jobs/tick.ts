import { metrics } from "../metrics";
import { finishFirst, stopping } from "../shutdown";
import { jobs } from "./registry";

/**
 * Works what is due until nothing is left or `budgetMs` is used up, and returns how many rows were worked. The cron
 * route, the worker, `npm start` and the demo all call this; any number may run at once. It ends early, and hands back
 * what it holds, when `signal` is aborted: unless told otherwise, when the process is told to stop.
 */
export function tick({ budgetMs, signal = stopping() }: { budgetMs: number; signal?: AbortSignal }): Promise<number> {
  return finishFirst(work(performance.now() + budgetMs, signal));
}

async function work(deadline: number, signal: AbortSignal): Promise<number> {
  let worked = 0;
  for (;;) {
    let round = 0;
    // All at once: a long scan of one tenant must not keep another's costs waiting until the budget ends.
    const running = Object.entries(jobs).map(([name, job]) => measured(name, () => job({ deadline, signal })));
    for (const ended of await Promise.allSettled(running)) {
      if (ended.status === "rejected") throw ended.reason;
      round += ended.value;
    }
    worked += round;
    if (round === 0 || signal.aborted || performance.now() >= deadline) return worked;
  }
}

/** Counts a round that found work; one that found none says nothing of how long work takes. */
async function measured(job: string, round: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const observe = (outcome: string) =>
    metrics.jobRuns.observe({ job, outcome }, (performance.now() - startedAt) / 1000);
  try {
    const rows = await round();
    if (rows > 0) observe("ok");
    metrics.jobRows.inc({ job }, rows);
    return rows;
  } catch (error) {
    observe("failed");
    throw error;
  }
}
