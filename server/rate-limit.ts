import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { addressBlock } from "./client-address";
import { pool } from "./db/client";
import { isUnreachable } from "./db/measure";
import { env } from "./env";
import { AppError } from "./errors";

/** `costly` is what makes AWS work or costs money: connect, check, sync, trigger, refresh. `requests` is everything. */
export type Allowance = "costly" | "requests";

export interface Spender {
  clerkUserId: string;
  tenantId: string;
  /** Null where no header tells it. */
  address: string | null;
}

/** What is left of the tightest of the allowances that a request drew on. */
export interface Drawn {
  limit: number;
  remaining: number;
  resetSeconds: number;
  /** The request must not be served. */
  isExceeded: boolean;
}

const WINDOW_SECONDS = 60;

/**
 * Takes one from the allowance of the person, of the tenant and of the address, counted in PostgreSQL so that replicas share
 * them. In this order, so that somebody who has used up their own takes nothing of the others'.
 */
export async function spend(allowance: Allowance, { clerkUserId, tenantId, address }: Spender): Promise<Drawn> {
  const { own, shared } = limitersOf(allowance);
  let tightest = await draw(own, `user:${clerkUserId}`);
  for (const key of [`tenant:${tenantId}`, ...(address ? [`address:${addressBlock(address)}`] : [])]) {
    if (tightest.isExceeded) return tightest;
    const drawn = await draw(shared, key);
    if (drawn.isExceeded || drawn.remaining < tightest.remaining) tightest = drawn;
  }
  return tightest;
}

/**
 * Takes one from the allowance of all who are not signed in at an address; null where the database does not answer: they are refused
 * in any case, and should not be told of an outage. It is not the address's own, which is left to its people who are signed in.
 */
export async function spendAsStranger(address: string): Promise<Drawn | null> {
  try {
    return await draw(limitersOf("requests").shared, `stranger:${addressBlock(address)}`);
  } catch (error) {
    if (isUnreachable(error)) return null;
    throw error;
  }
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-06, which clients and proxies know. */
export function rateLimitHeaders({ limit, remaining, resetSeconds }: Drawn): Record<string, string> {
  return {
    "RateLimit-Limit": String(limit),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(resetSeconds),
    "RateLimit-Policy": `${limit};w=${WINDOW_SECONDS}`,
  };
}

/** The refusal of a request that is beyond its allowance. */
export function tooMany({ limit, resetSeconds }: Drawn): AppError {
  const wait = resetSeconds === 1 ? "a second" : `${resetSeconds} seconds`;
  return new AppError("TOO_MANY_REQUESTS", `This is more than ${limit} requests a minute. Try again in ${wait}.`, {
    retryAfterSeconds: resetSeconds,
  });
}

async function draw(limiter: RateLimiterPostgres, key: string): Promise<Drawn> {
  try {
    return drawn(limiter, await limiter.consume(key), false);
  } catch (error) {
    // The library throws its answer where the allowance is used up, and an Error where the database failed.
    if (error instanceof RateLimiterRes) return drawn(limiter, error, true);
    throw error;
  }
}

function drawn({ points }: RateLimiterPostgres, answer: RateLimiterRes, isExceeded: boolean): Drawn {
  const resetSeconds = Math.max(1, Math.ceil(answer.msBeforeNext / 1000));
  return { limit: points, remaining: answer.remainingPoints, resetSeconds, isExceeded };
}

const held = new Map<Allowance, { own: RateLimiterPostgres; shared: RateLimiterPostgres }>();

function limitersOf(allowance: Allowance) {
  const known = held.get(allowance);
  if (known) return known;
  const { RATE_LIMIT_COSTLY_PER_MINUTE, RATE_LIMIT_REQUESTS_PER_MINUTE, RATE_LIMIT_SHARED_FACTOR } = env();
  const points = allowance === "costly" ? RATE_LIMIT_COSTLY_PER_MINUTE : RATE_LIMIT_REQUESTS_PER_MINUTE;
  const made = { own: limiter(allowance, points), shared: limiter(allowance, points * RATE_LIMIT_SHARED_FACTOR) };
  held.set(allowance, made);
  return made;
}

function limiter(keyPrefix: Allowance, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    // Without the name by which the library has each statement prepared once a session: poolers hand sessions around.
    storeClient: { query: ({ text, values }: { text: string; values?: unknown[] }) => pool().query(text, values) },
    storeType: "client",
    tableName: "RateLimit",
    tableCreated: true, // by our migration
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
    // Whoever is refused is refused from memory until the minute is over, and costs the database nothing.
    inMemoryBlockOnConsumed: points + 1,
  });
}
