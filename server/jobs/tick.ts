import { isUnreachable } from "../db/measure";
import { log } from "../log";
import { metrics } from "../metrics";
import { finishFirst, stopping } from "../shutdown";
import { jobs } from "./registry";
import { lastRouse, restFor } from "./rouse";

/** How often a job that found nothing looks again while others are still at work. */
const LOOK_AGAIN_MS = 500;

/**
 * Works what is due until nothing is left or `budgetMs` is used up, and returns how many rows were worked. The cron
 * route, the worker, `npm start` and the demo all call this; any number may run at once. It ends early, and hands back
 * what it holds, when `signal` is aborted: unless told otherwise, when the process is told to stop.
 */
export function tick({ budgetMs, signal = stopping() }: { budgetMs: number; signal?: AbortSignal }): Promise<number> {
  return finishFirst(work(performance.now() + budgetMs, signal));
}

async function work(deadline: number, signal: AbortSignal): Promise<number> {
  const isOver = () => signal.aborted || performance.now() >= deadline;
  let worked = 0;
  for (;;) {
    const round = await workAll(deadline, signal, isOver);
    worked += round;
    // What the last one at work has made due may belong to one that had already ended: hence another round.
    if (round === 0 || isOver()) return worked;
  }
}

/** All jobs beside each other, as a detection that is complete must not wait for a long sync, until all find nothing. */
async function workAll(deadline: number, signal: AbortSignal, isOver: () => boolean): Promise<number> {
  let worked = 0;
  let isIdle = () => {};
  const allIdle = new Promise<void>((resolve) => (isIdle = resolve));
  const busy = new Set(Object.keys(jobs));
  const rest = (name: string) => {
    busy.delete(name);
    if (busy.size === 0) isIdle();
  };
  const ends = await Promise.allSettled(
    Object.entries(jobs).map(async ([name, job]) => {
      try {
        do {
          const before = lastRouse();
          const round = await measured(name, () => job({ deadline, signal }));
          worked += round;
          if (round > 0) busy.add(name);
          else {
            rest(name);
            await Promise.race([allIdle, restFor(LOOK_AGAIN_MS, before)]);
          }
        } while (busy.size > 0 && !isOver());
      } finally {
        rest(name);
      }
    }),
  );
  // One that fails does not keep the others from their work, and is told all the same.
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  return worked;
}

/** Counts a round that found work; one that found none says nothing of how long work takes. */
async function measured(job: string, round: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  const observe = (outcome: string) =>
    metrics.jobRuns.observe({ job, outcome }, (performance.now() - startedAt) / 1000);
  try {
    const rows = await round();
    if (rows > 0) observe("ok");
    if (rows > 0) log.debug({ job, rows, ms: Math.round(performance.now() - startedAt) }, "a job found work");
    metrics.jobRows.inc({ job }, rows);
    return rows;
  } catch (error) {
    observe("failed");
    // Only one of those that fail at once rises from the tick. A database that is gone is told of by itself.
    if (!isUnreachable(error)) {
      metrics.jobEnds.inc({ job, outcome: "failed" });
      log.error({ job, err: error }, "a job's round failed; the next tick tries again");
    }
    throw error;
  }
}
