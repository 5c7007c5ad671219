import { Gauge } from "prom-client";
import { countActiveUsers } from "./active-users";
import { bearerFits } from "./bearer";
import { newRequestId } from "./context";
import { backlog, holdings } from "./db/backlog";
import { poolUse, soon } from "./db/client";
import { isUnreachable } from "./db/measure";
import { env } from "./env";
import { log } from "./log";
import { metrics } from "./metrics";
import { perProcess } from "./per-process";

/** What Prometheus reads of this process. Fails closed: 401 without METRICS_TOKEN set, and without that bearer. */
export async function scrape(authorization: string | null): Promise<Response> {
  if (!bearerFits(authorization, env().METRICS_TOKEN)) {
    metrics.authFailures.inc({ door: "metrics" });
    return new Response("Send Authorization: Bearer with the METRICS_TOKEN of this installation.\n", {
      status: 401,
      headers: { "X-Request-Id": newRequestId() },
    });
  }
  await readGauges();
  return new Response(await metrics.registry.metrics(), {
    headers: { "Content-Type": metrics.registry.contentType, "X-Request-Id": newRequestId() },
  });
}

async function readGauges(): Promise<void> {
  const { up, pool, due, overdue, accounts, resources, dataAge } = gauges;
  const { most, ...use } = poolUse();
  for (const [state, connections] of Object.entries({ ...use, most })) pool.set({ state }, connections);
  countActiveUsers();
  // A figure that could not be read is absent: the last one would look fresh.
  for (const gauge of [due, overdue, accounts, resources, dataAge]) gauge.reset();
  try {
    const { jobs, held } = await soon(readDatabase());
    up.set(1);
    for (const { job, due: rows, overdueSeconds } of jobs) {
      due.set({ job }, rows);
      overdue.set({ job }, overdueSeconds);
    }
    accounts.set({ state: "connected" }, held.accounts);
    accounts.set({ state: "paused" }, held.accountsPaused);
    resources.set({ presence: "live" }, held.resources);
    if (held.inventoryAgeSeconds !== null) dataAge.set({ data: "inventory" }, held.inventoryAgeSeconds);
    if (held.costAgeSeconds !== null) dataAge.set({ data: "cost" }, held.costAgeSeconds);
  } catch (error) {
    up.set(0);
    if (!isUnreachable(error)) log.error({ err: error }, "the database's gauges could not be read");
  }
}

/** One after the other: a scrape takes one connection. */
const readDatabase = async () => ({ jobs: await backlog(), held: await holdings() });

/** Read from the database at each scrape; every replica tells the same, so rules take the maximum. */
const gauges = perProcess("gauges", () => {
  const registers = [metrics.registry];
  return {
    up: new Gauge({ name: "cloudguard_db_up", help: "1 when the database answered this scrape.", registers }),
    pool: new Gauge({
      name: "cloudguard_db_pool_connections",
      help: "This process's database connections: inUse, idle, waiting for one, and most.",
      labelNames: ["state"],
      registers,
    }),
    due: new Gauge({
      name: "cloudguard_job_due_rows",
      help: "Rows of a job that are due and that nobody works.",
      labelNames: ["job"],
      registers,
    }),
    overdue: new Gauge({
      name: "cloudguard_job_overdue_seconds",
      help: "For how long the oldest due row of a job has been waiting.",
      labelNames: ["job"],
      registers,
    }),
    accounts: new Gauge({
      name: "cloudguard_accounts",
      help: "AWS accounts, connected or paused.",
      labelNames: ["state"],
      registers,
    }),
    resources: new Gauge({
      name: "cloudguard_resources",
      help: "Resources as last read.",
      labelNames: ["presence"],
      registers,
    }),
    dataAge: new Gauge({
      name: "cloudguard_data_age_seconds",
      help: "Age of the oldest successful read that is on screen, by kind of data.",
      labelNames: ["data"],
      registers,
    }),
  };
});
