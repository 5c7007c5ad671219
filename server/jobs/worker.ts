import { log } from "../log";
import { finishFirst, stopping } from "../shutdown";
import { lastRouse, restFor } from "./rouse";
import { tick } from "./tick";

/** Ticks until the process is told to stop; the running tick hands back what it holds. Resolves when it has. */
export function runWorker(): Promise<void> {
  return finishFirst(work(stopping()));
}

async function work(signal: AbortSignal): Promise<void> {
  log.info("worker started");
  while (!signal.aborted) {
    const before = lastRouse();
    try {
      if ((await tick({ budgetMs: 60_000 })) === 0) await restFor(1_000, before, signal);
    } catch (error) {
      log.error({ err: error }, "a tick failed; the next one follows");
      await restFor(5_000, lastRouse(), signal);
    }
  }
  log.info("worker stopped");
}
