import { AppError } from "../errors";
import { metrics } from "../metrics";
import { traced } from "../tracing";

/** Runs one transaction and counts how long it took and how it ended. */
export async function measured<T>(scope: "tenant" | "system" | "upkeep", transaction: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  let outcome = "ok";
  try {
    return await traced(`transaction ${scope}`, { "db.system.name": "postgresql" }, transaction);
  } catch (error) {
    outcome = error instanceof AppError ? "refused" : isUnreachable(error) ? "unreachable" : "failed";
    throw error;
  } finally {
    metrics.transactions.observe({ scope, outcome }, (performance.now() - startedAt) / 1000);
  }
}

/**
 * Whether the database could not be reached, or gave no connection in time: Prisma's own codes for it, the driver
 * adapter's names, and what the socket says.
 */
export function isUnreachable(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === "string" && unreachableCodes.has(code)) return true;
    if (saysUnreachable.test(at.message)) return true;
  }
  return false;
}

/** The driver adapter's names, Prisma's P2028 where no transaction could begin, and what the pool says once its patience ends. */
const saysUnreachable =
  /DatabaseNotReachable|SocketTimeout|ConnectionClosed|TooManyConnections|Can't reach database|Unable to start a transaction|timeout exceeded when trying to connect|connection timeout/;

const unreachableCodes = new Set([
  ...["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2037"],
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EHOSTUNREACH", "ETIMEDOUT", "EPIPE"],
  // PostgreSQL's own: too many connections, shutting down, starting up.
  ...["53300", "57P01", "57P02", "57P03"],
]);
