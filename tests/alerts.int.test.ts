import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { freePort } from "../demo/free-port";
import { requestSync } from "../server/resources/service";
import { forTenant, disconnect } from "../server/db/client";
import { measureHttp } from "../server/http-metrics";
import { runCron } from "../server/jobs/cron";
import { tick } from "../server/jobs/tick";
import { serveWorker } from "../server/jobs/worker-http";
import { metrics } from "../server/metrics";
import { contextFor } from "../server/request-context";
import { createCaller } from "../server/routers/index";
import { useSimulatedAws } from "./harness/aws";
import { useDatabase } from "./harness/database";
import { evaluate } from "./harness/promql";
import { connect, person, workAll } from "./harness/tenants";

// Whole syncs, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const token = "0123456789abcdef";

interface Rule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; action: string };
}
const { groups } = parse(readFileSync("deploy/alerts.yaml", "utf8")) as { groups: { rules: Rule[] }[] };
const rules = new Map(groups.flatMap((group) => group.rules).map((rule) => [rule.alert, rule]));
/** Those that something below made fire. */
const tried = new Set<string>();

let server: Server;
let origin: string;
beforeAll(async () => {
  process.env.METRICS_TOKEN = token;
  measureHttp();
  const port = await freePort();
  server = await serveWorker(port);
  origin = `http://localhost:${port}`;
});
afterAll(() => void server.close());

const scraped = async () =>
  (await fetch(`${origin}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();

/** Which alerts hold over what `happens`, as if it had taken five minutes. */
async function alertsOver(happens: () => Promise<unknown>): Promise<string[]> {
  const before = await scraped();
  await happens();
  const after = await scraped();
  const holding = [...rules.values()].filter(({ expr }) => evaluate(expr, { before, after, seconds: 300 }).length > 0);
  for (const { alert } of holding) tried.add(alert);
  return holding.map(({ alert }) => alert);
}

/** Runs `work` while nobody answers at the database's address. */
async function withoutDatabase(work: () => Promise<unknown>): Promise<void> {
  const url = process.env.DATABASE_URL;
  await disconnect();
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nothing";
  await work();
  await disconnect();
  process.env.DATABASE_URL = url;
}

describe("the alerts", () => {
  it("keep still while all is well: an account is connected, synced and read", async () => {
    const holding = await alertsOver(async () => {
      await connect(ada, aws, "200000000002");
      await workAll();
      for (let i = 0; i < 20; i++) await fetch(`${origin}/api/health/ready`);
    });
    // Whether transactions are slow is the machine's affair, and true of one that runs everything else at once.
    expect(holding.filter((alert) => alert !== "CloudGuardDatabaseSlow")).toEqual([]);
  });

  it("tell that the database is gone, and that requests fail for it", async () => {
    let holding: string[] = [];
    await withoutDatabase(async () => {
      holding = await alertsOver(async () => {
        for (let i = 0; i < 5; i++) await fetch(`${origin}/api/health/ready`);
      });
    });
    expect(holding).toEqual(expect.arrayContaining(["CloudGuardHighErrorRate", "CloudGuardDatabaseUnreachable"]));
  });

  it("tell that transactions are slow", async () => {
    const slow = () => forTenant(ada.tenantId, (tx) => tx.$queryRaw`select pg_sleep(1.5)::text`);
    expect(await alertsOver(() => Promise.all([slow(), slow(), slow()]))).toContain("CloudGuardDatabaseSlow");
  });

  it("tell that AWS refuses calls as too fast, and that they wait for its rate", async () => {
    await aws.fault({ kind: "throttle", service: "ec2", times: 40 });
    const holding = await alertsOver(async () => {
      await requestSync(ada, {});
      await tick({ budgetMs: 20_000 });
    });
    await aws.clearFaults();
    await workAll();
    expect(holding).toContain("CloudGuardAwsLimits");
    metrics.awsWaits.reset();
    const waits = await alertsOver(() => Promise.resolve(metrics.awsWaits.observe({ service: "ec2" }, 20)));
    expect(waits).toContain("CloudGuardAwsWaits");
  });

  it("tell that a job's work fails, and that nobody works at all", async () => {
    await aws.fault({ kind: "denied", service: "ec2" }); // DescribeRegions too: no sync can begin
    const failing = await alertsOver(async () => {
      await requestSync(ada, {});
      await workAll();
    });
    await aws.clearFaults();
    expect(failing).toContain("CloudGuardJobsFail");
    const late = await alertsOver(() =>
      forTenant(ada.tenantId, (tx) =>
        tx.awsAccount.updateMany({ data: { syncDueAt: new Date(Date.now() - 20 * 60_000) } }),
      ),
    );
    expect(late).toContain("CloudGuardJobsLate");
  });

  it("tell that many are refused for want of a session or a bearer", async () => {
    expect(
      await alertsOver(async () => {
        for (let i = 0; i < 101; i++) await runCron("inventory", "Bearer guessed");
      }),
    ).toContain("CloudGuardAuthFailures");
  });

  it("tell that a procedure fails on our side", async () => {
    const caller = createCaller(contextFor({ ...ada, isAdmin: true, mayWrite: true }, new Headers()));
    const holding = await alertsOver(() =>
      withoutDatabase(() => expect(caller.accounts.list()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" })),
    );
    expect(holding).toContain("CloudGuardProceduresFail");
  });

  it("have all been made to fire, and each says what to do", () => {
    expect([...rules.keys()].filter((alert) => !tried.has(alert))).toEqual([]);
    for (const rule of rules.values())
      expect(rule).toMatchObject({
        for: expect.stringMatching(/^\d+m$/) as string,
        labels: { severity: expect.stringMatching(/^(page|ticket)$/) as string },
        annotations: { summary: expect.any(String) as string, action: expect.any(String) as string },
      });
  });
});
