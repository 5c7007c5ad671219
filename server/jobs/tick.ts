import { setTimeout as delay } from "node:timers/promises";
import { jobs } from "./registry";

/** How often a job that found nothing looks again while others are still at work. */
const LOOK_AGAIN_MS = 500;

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
          const round = await job({ deadline, signal });
          worked += round;
          if (round > 0) busy.add(name);
          else {
            rest(name);
            await Promise.race([allIdle, delay(LOOK_AGAIN_MS)]);
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
