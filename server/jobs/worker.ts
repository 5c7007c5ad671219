import { setTimeout as delay } from "node:timers/promises";
import { log } from "../log";
import { tick } from "./tick";

/** Ticks until `signal` is aborted, then lets the running tick hand back what it holds. Resolves when it has. */
export async function runWorker(signal: AbortSignal): Promise<void> {
  log.info("worker started");
  while (!signal.aborted) {
    try {
      const worked = await tick({ budgetMs: 60_000, signal });
      if (worked === 0) await delay(1_000, undefined, { signal });
    } catch (error) {
      if (signal.aborted) break;
      log.error({ err: error }, "a tick failed; the next one follows");
      await delay(5_000);
    }
  }
  log.info("worker stopped");
}
