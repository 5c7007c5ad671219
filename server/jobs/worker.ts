import { readiness } from "../health";
import { log } from "../log";
import { finishFirst, stopping } from "../shutdown";
import { lastRouse, restFor } from "./rouse";
import { tick } from "./tick";

/** Ticks until the process is told to stop; the running tick hands back what it holds. Resolves when it has. */
export function runWorker(): Promise<void> {
  return finishFirst(work(stopping()));
}

async function work(signal: AbortSignal): Promise<void> {
  for (let isReady = false; !signal.aborted;) {
    const before = lastRouse();
    try {
      // A new version may be started before its migrations are through: what it claimed then would fail half-way.
      if (!isReady) isReady = await begins();
      if (!isReady || (await tick({ budgetMs: 60_000 })) === 0) await restFor(1_000, before, signal);
    } catch (error) {
      log.error({ err: error }, "a tick failed; the next one follows");
      await restFor(5_000, lastRouse(), signal);
    }
  }
  log.info("worker stopped");
}

/** Whether there is something to begin with, which is told of. */
async function begins(): Promise<boolean> {
  const { isReady } = await readiness();
  if (isReady) log.info("worker started");
  return isReady;
}
