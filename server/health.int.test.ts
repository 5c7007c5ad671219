import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../demo/free-port";
import { useDatabase } from "../tests/harness/database";
import { asSystem, disconnect } from "./db/client";
import { migrationNames, pendingMigrations } from "./db/pending-migrations";
import { health, readiness } from "./health";
import { serveWorker } from "./jobs/worker-http";
import { scrape } from "./metrics-scrape";

useDatabase();

const token = "0123456789abcdef";
const scraped = async () => (await scrape(`Bearer ${token}`)).text();
beforeAll(() => {
  process.env.METRICS_TOKEN = token;
});

describe("readiness", () => {
  it("names the job that waits longest, and serves all the same", async () => {
    await asSystem((tx) => tx.$executeRaw`update "Upkeep" set "dueAt" = now() - interval '2 hours'`);
    const { oldestOverdue, ...told } = await readiness();
    expect(told).toEqual({ isReady: true, status: "ready", pendingMigrations: [] });
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

describe("without its database", () => {
  it("the process is not ready, and shows no figure that it could not read", async () => {
    const url = process.env.DATABASE_URL;
    await disconnect();
    process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nothing";
    expect(await health()).toEqual({ isHealthy: false, status: "unavailable", database: "unreachable" });
    expect(await readiness()).toMatchObject({
      isReady: false,
      status: "database unreachable",
      pendingMigrations: null,
    });
    const told = await scraped();
    expect(told).toMatch(/^cloudguard_db_up 0$/m);
    expect(told).not.toMatch(/^cloudguard_(accounts|resources|job_overdue_seconds)[ {]/m);
    expect(told).toMatch(/cloudguard_db_transaction_duration_seconds_count{scope="system",outcome="unreachable"} 1/);
    await disconnect();
    process.env.DATABASE_URL = url;
  });
});
