import { fork } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../tests/harness/database";
import { pool, poolUse } from "./db/client";
import { rateLimitHeaders, spend, tooMany, type Spender } from "./rate-limit";

useDatabase();

const LIMIT = 10;
const SHARED = 30;
const somebody = (change: Partial<Spender>): Spender => ({
  clerkUserId: "user_a",
  tenantId: "tenant_a",
  address: null,
  ...change,
});
const times = <T>(count: number, work: (index: number) => T) => Array.from({ length: count }, (_, i) => work(i));
const allowed = async (draws: ReturnType<typeof spend>[]) =>
  (await Promise.all(draws)).filter(({ isExceeded }) => !isExceeded).length;

describe("allowances", () => {
  it("count down, and say when they begin anew", async () => {
    const spender = somebody({ clerkUserId: "user_counting", tenantId: "user_counting" });
    const first = await spend("costly", spender);
    expect(first).toMatchObject({ limit: LIMIT, remaining: LIMIT - 1, isExceeded: false });
    expect(rateLimitHeaders(first)).toEqual({
      "RateLimit-Limit": "10",
      "RateLimit-Remaining": "9",
      "RateLimit-Reset": String(first.resetSeconds),
      "RateLimit-Policy": "10;w=60",
    });
    await Promise.all(times(LIMIT - 1, () => spend("costly", spender)));
    const refused = await spend("costly", spender);
    expect(refused).toMatchObject({ limit: LIMIT, remaining: 0, isExceeded: true });
    expect(tooMany(refused).details.retryAfterSeconds).toBeGreaterThan(50);
    expect(tooMany(refused).details.retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  it("are one for what costs and another for all requests", async () => {
    const spender = somebody({ clerkUserId: "user_both", tenantId: "user_both" });
    await Promise.all(times(LIMIT + 1, () => spend("costly", spender)));
    expect(await spend("requests", spender)).toMatchObject({ limit: 600, isExceeded: false });
  });

  it("bind a tenant whose many members each keep to their own", async () => {
    const draws = times(60, (i) => spend("costly", somebody({ clerkUserId: `user_m${i}`, tenantId: "org_many" })));
    expect(await allowed(draws)).toBe(SHARED);
  });

  it("bind an address, and the whole network that an IPv6 visitor holds", async () => {
    const from = (i: number, address: string) =>
      spend("costly", { clerkUserId: `user_${address}_${i}`, tenantId: `org_${address}_${i}`, address });
    expect(await allowed(times(60, (i) => from(i, "203.0.113.7")))).toBe(SHARED);
    expect(await allowed(times(60, (i) => from(i, `2001:db8::${i + 1}`)))).toBe(SHARED);
  });

  it("prepare no statement in a session, as a pooler hands the next request another one", async () => {
    await Promise.all(times(20, (i) => spend("costly", somebody({ clerkUserId: `user_pooled_${i}` }))));
    const sessions = await Promise.all(
      times(poolUse().most, () =>
        pool().query("select pg_sleep(0.2), (select count(*)::int from pg_prepared_statements)"),
      ),
    );
    expect(new Set(sessions.map(({ rows: [row] }) => (row as { count: number }).count))).toEqual(new Set([0]));
  });

  it("leave the tenant's to the others when one member asks far too often", async () => {
    const greedy = somebody({ clerkUserId: "user_greedy", tenantId: "org_shared" });
    await Promise.all(times(200, () => spend("costly", greedy)));
    const modest = await spend("costly", somebody({ clerkUserId: "user_modest", tenantId: "org_shared" }));
    expect(modest.isExceeded).toBe(false);
  });
});

it("lets no more than the limit through three processes and a thousand calls at once", async () => {
  const spender = somebody({ clerkUserId: "user_flood", tenantId: "org_flood", address: "198.51.100.1" });
  const replica = (calls: number) =>
    new Promise<number>((done, fail) => {
      const order = JSON.stringify({ times: calls, spender });
      const child = fork(path.join(import.meta.dirname, "../tests/harness/limit-replica.ts"), [order], {
        execArgv: ["--import", "tsx"],
      });
      child.once("error", fail);
      child.once("message", (count) => done(Number(count)));
      child.once("exit", (code) => fail(new Error(`the replica ended with ${code} before it answered`)));
    });
  const served = await Promise.all([334, 333, 333].map(replica));
  expect(served.reduce((sum, count) => sum + count)).toBe(LIMIT);
});
