import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../errors";
import { log } from "../log";
import { assertRowSecurityBinds, pool } from "./client";
import { isUnreachable } from "./measure";

const PATIENCE_MS = 30_000;

/** Resolves once the database answers and row-level security binds this process; throws a sentence where it would not keep tenants apart. */
export function databaseBinds(options?: Patience): Promise<void> {
  return onceItAnswers(async () => {
    try {
      await assertRowSecurityBinds();
    } catch (error) {
      // PostgreSQL's own words in place of Prisma's about them.
      if (!(error instanceof AppError) && !isUnreachable(error)) (await pool().connect()).release();
      throw error;
    }
  }, options);
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
      const { code = "", message } = error as { code?: string; message: string };
      if (REFUSALS.has(code)) throw new Error(`PostgreSQL does not let DATABASE_URL in: ${message}.`, { cause: error });
      if (!isUnreachable(error)) throw error;
      if (performance.now() >= until)
        throw new Error(
          `The database at DATABASE_URL does not answer: is it running, is the address right, and does it let this login in? (${message.trim().split("\n").at(-1) || code})`,
          { cause: error },
        );
      log.warn("the database does not answer yet; trying again");
    }
  }
}

/** Of a login that PostgreSQL does not let in: waiting would not help. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REFUSALS = new Set(["28000", "28P01", "3D000"]);
