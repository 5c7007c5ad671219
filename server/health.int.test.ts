import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../demo/free-port";
import { useDatabase } from "../tests/harness/database";
import { asSystem, disconnect, poolUse } from "./db/client";
import { isUnreachable } from "./db/measure";
import { migrationNames, pendingMigrations } from "./db/pending-migrations";
import { health, readiness } from "./health";
import { serveWorker } from "./jobs/worker-http";
import { metrics } from "./metrics";
import { scrape } from "./metrics-scrape";

useDatabase();

const token = "0123456789abcdef";
/** Of wrong bearers from one address. */
const LIMIT = 6;
Object.assign(process.env, { RATE_LIMIT_REQUESTS_PER_MINUTE: String(LIMIT / 3), RATE_LIMIT_SHARED_FACTOR: "3" });
const scraped = async () => (await scrape(`Bearer ${token}`)).text();
beforeAll(() => {
  process.env.METRICS_TOKEN = token;
});

describe("readiness", () => {
  it("names the job that waits longest, and serves all the same", async () => {
    await asSystem((tx) => tx.$executeRaw`update "Upkeep" set "dueAt" = now() - interval '2 hours'`);
    const { oldestOverdue, ...told } = await readiness();
    expect(told).toEqual({ isReady: true, status: "ready" });
    expect(oldestOverdue).toEqual({ job: "upkeep", seconds: expect.closeTo(7200, -2) as number });
  });

  it("misses the migrations that the database has not seen", () => {
    const [first, ...rest] = migrationNames();
    expect(pendingMigrations([first!])).toEqual(rest);
    expect(pendingMigrations(migrationNames())).toEqual([]);
  });
});

describe("metrics", () => {
  it("stay shut without the token of this installation", async () => {
    for (const given of [null, "", "Bearer ", "Bearer undefined", `bearer ${token}`, `Bearer ${token}0`])
      expect((await scrape(given)).status).toBe(401);
    expect(await scraped()).toContain('cloudguard_auth_failures_total{door="metrics"} 6');
    for (const given of [null, `Bearer ${token}`])
      expect((await scrape(given)).headers.get("X-Request-Id")).toMatch(/^req_[0-9a-f]{24}$/);
  });

  it("tell the oldest due row of every job, and what the pool holds", async () => {
    const told = await scraped();
    expect(told).toMatch(/^cloudguard_job_overdue_seconds{job="upkeep"} 72\d\d/m);
    expect(told).toMatch(/^cloudguard_job_overdue_seconds{job="inventory"} 0$/m);
    expect(told).toMatch(/^cloudguard_db_pool_connections{state="most"} 10$/m);
    expect(told).toMatch(/^cloudguard_db_up 1$/m);
  });
});

describe("the worker's door", () => {
  it("answers at four paths, each answer with a request id of its own", async () => {
    const port = await freePort();
    const server = await serveWorker(port);
    const ids = new Set<string>();
    const bearer = { authorization: `Bearer ${token}` };
    for (const [path, status, headers] of [
      ["/api/health/live", 200, {}],
      ["/api/health/ready", 200, {}],
      ["/api/metrics", 401, {}],
      ["/api/metrics", 200, bearer],
      ["/", 404, {}],
    ] as const) {
      const answer = await fetch(`http://localhost:${port}${path}`, { headers });
      expect([path, answer.status]).toEqual([path, status]);
      const id = answer.headers.get("X-Request-Id");
      expect(id, path).toMatch(/^req_[0-9a-f]{24}$/);
      ids.add(id!);
    }
    expect(ids.size).toBe(5);
    server.close();
    server.closeAllConnections();
  });
});

describe("the worker's door for figures", () => {
  it("lets nobody guess its bearer for long, and whoever has it is never counted", async () => {
    const port = await freePort();
    const server = await serveWorker(port);
    const ask = (bearer: string) =>
      fetch(`http://localhost:${port}/api/metrics`, { headers: { authorization: `Bearer ${bearer}` } });
    const guesses = await Promise.all(Array.from({ length: 8 }, (_, i) => ask(`guess-${i}`)));
    const refused = guesses.filter(({ status }) => status === 429);
    expect(guesses.filter(({ status }) => status === 401).length + refused.length).toBe(8);
    expect(refused.length).toBeGreaterThanOrEqual(8 - LIMIT);
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(token)).status).toBe(200);
    server.close();
    server.closeAllConnections();
  });
});

describe("without its database", () => {
  /** What the process says while its database is not there: soon, as Prometheus hangs up after ten seconds unless told otherwise. */
  async function isLost() {
    metrics.transactions.reset();
    expect(await health()).toEqual({ isHealthy: false, status: "unavailable", database: "unreachable" });
    expect(await readiness()).toMatchObject({
      isReady: false,
      status: "database unreachable",
    });
    const askedAt = performance.now();
    const told = await scraped();
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    expect(told).toMatch(/^cloudguard_db_up 0$/m);
    expect(told).not.toMatch(/^cloudguard_(accounts|resources|job_overdue_seconds)[ {]/m);
    await expect(asSystem((tx) => tx.$queryRaw`select 1`)).rejects.toThrow();
    expect(await scraped()).toMatch(
      /cloudguard_db_transaction_duration_seconds_count{scope="system",outcome="unreachable"} [2-3]/,
    );
  }

  it("the process is not ready, and shows no figure that it could not read", () =>
    at("postgresql://nobody@127.0.0.1:1/nothing", isLost));

  it("which takes connections and says nothing, it is the same", () => behind(() => {}, isLost), 60_000);

  it("a connection that has gone silent is given up, and the next ones serve", { timeout: 90_000 }, async () => {
    const { hostname, port } = new URL(process.env.DATABASE_URL!);
    const open: (() => void)[] = [];
    const pass = (visitor: Socket) => {
      const database = connect(Number(port), hostname).on("error", () => visitor.destroy());
      visitor.pipe(database).pipe(visitor);
      visitor.on("close", () => database.destroy());
      open.push(() => visitor.unpipe(database).resume());
    };
    await behind(pass, async () => {
      expect((await health()).isHealthy).toBe(true);
      // As a failover does it: what is open leads nowhere, and nobody is told.
      for (const cut of open) cut();
      const stuck = asSystem((tx) => tx.$queryRaw`select 1`).catch((error: unknown) => error);
      await expect.poll(async () => (await health()).isHealthy, { timeout: 10_000 }).toBe(true);
      expect(isUnreachable(await stuck)).toBe(true);
      await expect.poll(() => poolUse().inUse, { timeout: 50_000 }).toBe(0);
    });
  });
});

/** Runs `work` with another database than the file's own. */
async function at(url: string, work: () => Promise<void>): Promise<void> {
  const own = process.env.DATABASE_URL;
  await disconnect();
  process.env.DATABASE_URL = url;
  try {
    await work();
  } finally {
    await disconnect();
    process.env.DATABASE_URL = own;
  }
}

/** Runs `work` with `answer` at the database's address. */
async function behind(answer: (visitor: Socket) => void, work: () => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((visitor) => {
    sockets.add(visitor.on("error", () => {}));
    answer(visitor);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = new URL(process.env.DATABASE_URL!);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hangUp = () => sockets.forEach((socket) => socket.destroy());
  await at(url.href, () => work().finally(hangUp)).finally(() => server.close());
}
