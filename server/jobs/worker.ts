import { setTimeout as delay } from "node:timers/promises";
import { log } from "../log";
import { finishFirst, stopping } from "../shutdown";
import { tick } from "./tick";

/** Ticks until the process is told to stop; the running tick hands back what it holds. Resolves when it has. */
export function runWorker(): Promise<void> {
  return finishFirst(work(stopping()));
}

async function work(signal: AbortSignal): Promise<void> {
  log.info("worker started");
  while (!signal.aborted) {
    try {
      if ((await tick({ budgetMs: 60_000 })) === 0) await pause(1_000, signal);
    } catch (error) {
      log.error({ err: error }, "a tick failed; the next one follows");
      await pause(5_000, signal);
    }
  }
  log.info("worker stopped");
}

/** Resolves after `ms`, at once when the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
