import { setTimeout as delay } from "node:timers/promises";
import { log } from "../log";
import { assertRowSecurityBinds } from "./client";
import { isUnreachable } from "./measure";

const PATIENCE_MS = 30_000;

/** Resolves once the database answers and row-level security binds this process; throws a sentence where it would not keep tenants apart. */
export function databaseBinds(options?: Patience): Promise<void> {
  return onceItAnswers(assertRowSecurityBinds, options);
}

interface Patience {
  patienceMs?: number;
}

/**
 * What `work` gives. A database that is not up yet is waited for a while, as everything may have been started at once; throws a
 * sentence where it stays away.
 */
export async function onceItAnswers<T>(
  work: () => Promise<T>,
  { patienceMs = PATIENCE_MS }: Patience = {},
): Promise<T> {
  for (const until = performance.now() + patienceMs; ; await delay(1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (performance.now() >= until)
        throw new Error(
          `The database at DATABASE_URL does not answer: is it running, is the address right, and does it let this login in? (${(error as Error).message.trim().split("\n").at(-1)})`,
          { cause: error },
        );
      log.warn("the database does not answer yet; trying again");
    }
  }
}
