import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { freePort } from "../demo/free-port";
import { stackMembers } from "../server/aws/cloudformation";
import { openSession } from "../server/aws/session";
import { asSystem, disconnect, forTenant, type TenantTx } from "../server/db/client";
import { triggerDrift } from "../server/drift/service";
import { measureHttp } from "../server/http-metrics";
import { runCron } from "../server/jobs/cron";
import { tick } from "../server/jobs/tick";
import { serveWorker } from "../server/jobs/worker-http";
import { contextFor } from "../server/request-context";
import { requestSync } from "../server/resources/service";
import { createCaller } from "../server/routers/index";
import { useSimulatedAws } from "./harness/aws";
import { useDatabase } from "./harness/database";
import { settleDrift } from "./harness/drift";
import { evaluate } from "./harness/promql";
import { asSuperuser } from "./harness/synthetic-rows";
import { connect, person, workAll } from "./harness/tenants";

// Whole syncs, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const account = "200000000002";
const stack = { awsAccountId: account, region: "us-east-1", stackName: "orders-service" };
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

/** Which alerts hold over what `happens`, as if it had taken five minutes: `CloudGuardJobsFail drift` with the labels that it is told by. */
async function alertsOver(happens: () => Promise<unknown>): Promise<string[]> {
  const before = await scraped();
  await happens();
  const after = await scraped();
  return [...rules.values()].flatMap(({ alert, expr }) => {
    const holding = evaluate(expr, { before, after, seconds: 300 });
    if (holding.length > 0) tried.add(alert);
    return holding.map(({ labels }) => [alert, ...Object.values(labels)].join(" "));
  });
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

const ofAda = <T>(work: (tx: TenantTx, accountId: string) => Promise<T>) =>
  forTenant(ada.tenantId, async (tx) => work(tx, (await tx.awsAccount.findFirstOrThrow()).id));
const { tenantId } = ada;
const past = new Date(0);
const scheduleNow = () =>
  ofAda((tx, accountId) => {
    const due = { dueAt: past, leaseUntil: null };
    const create = { tenantId, accountId, frequency: "DAILY" as const, hour: 3, ...due };
    return tx.schedule.upsert({ where: { accountId }, create, update: due });
  });
const endRuleNow = () =>
  ofAda((tx, accountId) =>
    tx.ignoreRule.create({
      data: { tenantId, accountId, reason: "Known", createdBy: "ada", expiresAt: past, dueAt: past },
    }),
  );
const upkeepNow = () => asSystem((tx) => tx.$executeRaw`update "Upkeep" set "dueAt" = now(), "leaseUntil" = null`);

describe("the alerts", () => {
  it("keep still while all is well: an account is connected, synced and read", async () => {
    const holding = await alertsOver(async () => {
      await connect(ada, aws, account);
      await workAll();
      for (let i = 0; i < 20; i++) await fetch(`${origin}/api/health/ready`);
    });
    // Whether transactions are slow is the machine's affair, and true of one that runs everything else at once.
    expect(holding.filter((alert) => alert !== "CloudGuardDatabaseSlow")).toEqual([]);
  });

  it("tell that the database is gone, and that requests fail for it", async () => {
    let holding: string[] = [];
    await withoutDatabase(async () => {
      const ask = () => fetch(`${origin}/api/health/ready`);
      await ask(); // Prometheus counts from a series' second sample on
      holding = await alertsOver(async () => {
        for (let i = 0; i < 5; i++) await ask();
      });
    });
    expect(holding).toEqual(expect.arrayContaining(["CloudGuardHighErrorRate", "CloudGuardDatabaseUnreachable"]));
  });

  it("tell that no process says whether it reaches its database", async () => {
    const { expr } = rules.get("CloudGuardDatabaseUnreachable")!;
    const before = await scraped();
    expect(evaluate(expr, { before, after: before, seconds: 300 })).toEqual([]);
    const nobody = "# TYPE cloudguard_db_up gauge\n";
    expect(evaluate(expr, { before, after: nobody, seconds: 300 })).toHaveLength(1);
  });

  it("tell that transactions are slow", async () => {
    const slow = () => forTenant(ada.tenantId, (tx) => tx.$queryRaw`select pg_sleep(1.5)::text`);
    expect(await alertsOver(() => Promise.all([slow(), slow(), slow()]))).toContain("CloudGuardDatabaseSlow");
  });

  it("tell that AWS refuses calls as too fast", async () => {
    const refused = async () => {
      await aws.fault({ kind: "throttle", service: "ec2", operation: "DescribeInstances", times: 15 });
      await requestSync(ada, {});
      await tick({ budgetMs: 20_000 });
      await aws.clearFaults();
      await workAll();
    };
    await refused(); // Prometheus counts from a series' second sample on
    expect(await alertsOver(refused)).toContain("CloudGuardAwsLimits ec2");
  });

  it("tell that calls wait for AWS's rate, before AWS refuses any", async () => {
    const access = openSession(await aws.grant(account), "drift").at("us-east-1");
    const { nativeId } = await forTenant(ada.tenantId, (tx) =>
      tx.resource.findFirstOrThrow({ where: { name: stack.stackName } }),
    );
    const ask = () => stackMembers(access, nativeId);
    await ask();
    // Five a second is what CloudFormation's lists are asked: the last of eighty waits for 14 s.
    const holding = await alertsOver(() => Promise.all(Array.from({ length: 80 }, ask)));
    expect(holding).toContain("CloudGuardAwsWaits cloudformation");
    expect(holding).not.toContain("CloudGuardAwsLimits cloudformation");
  });

  it("tell that no sync can begin", async () => {
    await aws.fault({ kind: "denied", service: "ec2", operation: "DescribeRegions" });
    expect(await alertsOver(() => requestSync(ada, {}).then(workAll))).toContain("CloudGuardJobsFail accounts");
  });

  it("tell that detections fail, however often the running ones were looked at", async () => {
    const detect = async () => {
      await triggerDrift(ada, stack);
      await settleDrift(ada);
    };
    expect(await alertsOver(detect)).not.toContain("CloudGuardJobsFail drift");
    await aws.fault({ kind: "denied", service: "cloudformation", operation: "DetectStackDrift" });
    expect(await alertsOver(detect)).toContain("CloudGuardJobsFail drift");
  });

  it("tell that costs cannot be read", async () => {
    await aws.fault({ kind: "denied", service: "ce" });
    const holding = await alertsOver(async () => {
      await forTenant(ada.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
      await workAll();
    });
    expect(holding).toContain("CloudGuardJobsFail costs");
  });

  it.each([
    ["driftSchedules", "Schedule", () => scheduleNow()],
    ["ignoreRules", "IgnoreRule", () => endRuleNow()],
    ["upkeep", "AuditEvent", () => upkeepNow()],
  ])("tell that %s fails, and not that it works", async (job, table, makeDue) => {
    const work = () => tick({ budgetMs: 10_000 }).catch((error: unknown) => error);
    await makeDue();
    expect(await alertsOver(work)).not.toContain(`CloudGuardJobsFail ${job}`);
    await makeDue();
    const refuse = `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;`;
    await asSuperuser(`${refuse} create trigger refuse before update or delete on "${table}" for each statement
      when (current_user in ('cloudguard_app', 'cloudguard_upkeep')) execute function refuse()`);
    const holding = await alertsOver(work);
    await asSuperuser(`drop function refuse() cascade`);
    expect(holding).toContain(`CloudGuardJobsFail ${job}`);
  });

  it("tell that resources cannot be read", async () => {
    const { regions } = await forTenant(ada.tenantId, (tx) => tx.awsAccount.findFirstOrThrow());
    for (const region of regions.filter((one) => one !== "us-east-1"))
      await aws.fault({ kind: "denied", by: "organization", region });
    expect(await alertsOver(() => requestSync(ada, {}).then(workAll))).toContain("CloudGuardJobsFail inventory");
  });

  it("tell that nobody works", async () => {
    const late = await alertsOver(() =>
      forTenant(ada.tenantId, (tx) =>
        tx.awsAccount.updateMany({ data: { syncDueAt: new Date(Date.now() - 20 * 60_000) } }),
      ),
    );
    expect(late).toContain("CloudGuardJobsLate accounts");
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
    const fail = () =>
      withoutDatabase(() => expect(caller.accounts.list()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" }));
    await fail(); // Prometheus counts from a series' second sample on
    expect(await alertsOver(fail)).toContain("CloudGuardProceduresFail accounts.list");
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
