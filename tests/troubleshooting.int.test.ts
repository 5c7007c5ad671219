/** Every entry of the operator's troubleshooting: its symptom is made to happen, the product says what the guide says, and the remedy helps. */
import { clerkApplication, origin, ours } from "./harness/clerk-settings"; // first: Clerk reads its settings when it is loaded
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect as connectTo, createServer, type Server } from "node:net";
import os from "node:os";
import path from "node:path";
import { NextRequest, type NextFetchEvent } from "next/server";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { freePort } from "../demo/free-port";
import { startPostgres, type RunningPostgres } from "../demo/postgres";
import { removeData } from "../demo/postgres-native";
import { missingSettings } from "../scripts/required-settings.mjs";
import { accountById } from "../server/accounts/queries";
import { beginConnection, connectAccount } from "../server/accounts/service";
import { standInPublishableKey } from "../server/clerk-mode";
import { refreshDueCosts } from "../server/cost/refresh";
import { costFreshness } from "../server/cost/refresh-service";
import { claimDriftJobs } from "../server/db/claim-drift";
import { disconnect, forTenant, type TenantTx } from "../server/db/client";
import { databaseBinds } from "../server/db/database-binds";
import { migrate } from "../server/db/migrate";
import { migrationNames } from "../server/db/pending-migrations";
import { jobById } from "../server/drift/detections";
import { triggerDrift } from "../server/drift/service";
import type { AppError } from "../server/errors";
import { readiness } from "../server/health";
import { runCron } from "../server/jobs/cron";
import { tick } from "../server/jobs/tick";
import { scrape } from "../server/metrics-scrape";
import { requestSync } from "../server/resources/service";
import { claimsFit, tokenRules } from "../server/token-claims";
import { useSimulatedAws } from "./harness/aws";
import { useDatabase } from "./harness/database";
import { settleDrift } from "./harness/drift";
import { expectQuoted, troubleshooting, type Entry } from "./harness/guide";
import { eventually, startProcess } from "./harness/processes";
import { productionSettings } from "./harness/production-settings";
import { evaluate } from "./harness/promql";
import { askRest } from "./harness/rest";
import { connect, person, workAll } from "./harness/tenants";

// Whole syncs and processes of their own, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

useDatabase();
let detectionMs = 0;
const aws = useSimulatedAws({ detectionMs: () => detectionMs });
const secret = "0123456789abcdef";
Object.assign(process.env, { CRON_SECRET: secret, METRICS_TOKEN: secret });

const guide = troubleshooting();
const tried = new Set<Entry>();
/** The one entry whose symptom has these words. */
function entry(words: string): Entry {
  const [found, ...others] = guide.filter(({ seen }) => seen.includes(words));
  if (!found || others.length > 0) throw new Error(`“${words}” is of ${found ? "several entries" : "no entry"}.`);
  tried.add(found);
  return found;
}

/** Runs `work` with another database than the file's own. */
async function at<T>(url: string, work: () => Promise<T>): Promise<T> {
  const own = process.env.DATABASE_URL;
  await disconnect();
  process.env.DATABASE_URL = url;
  try {
    return await work();
  } finally {
    await disconnect();
    process.env.DATABASE_URL = own;
  }
}

const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.unreachable("it should have been refused"),
    (error: unknown) => error as AppError,
  );

describe("a process that does not start", () => {
  /** A worker, from its source. */
  const worker = (databaseUrl: string) =>
    startProcess(["--import", "tsx", "server/jobs/worker-main.ts"], { env: productionSettings(databaseUrl, 3000) });
  let unreachable: { url: string; running: ReturnType<typeof worker> };
  let cluster: RunningPostgres;
  let databaseSays = "";
  let dataDir: string;
  beforeAll(async () => {
    // It waits for half a minute: the other tests go on meanwhile.
    const url = `postgresql://cloudguard@127.0.0.1:${await freePort()}/cloudguard`;
    unreachable = { url, running: worker(url) };
    // A cluster that no migration has seen: roles are of the whole cluster.
    dataDir = path.join(mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-")), "data");
    cluster = await startPostgres({ dataDir, durable: false, log: (line) => void (databaseSays += line) });
  });
  afterAll(async () => {
    unreachable.running.child.kill("SIGKILL");
    await cluster.stop();
    removeData(dataDir);
    rmSync(path.dirname(dataDir), { recursive: true, force: true });
  });
  const urlOf = (login: string, database: string) => {
    const url = new URL(cluster.url);
    [url.username, url.pathname] = [login, `/${database}`];
    return url.href;
  };
  async function asSuperuser(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: cluster.adminUrl });
    await admin.connect();
    for (const statement of sql.split(";").filter((one) => one.trim())) await admin.query(statement);
    await admin.end();
  }

  it("lacks settings, and names them", () => {
    // Empty, as a developer's own .env would fill in what is not there.
    const empty = Object.fromEntries(["DATABASE_URL", "CLERK_SECRET_KEY"].map((name) => [name, ""]));
    const env = { ...productionSettings("x", 3000), AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", ...empty };
    const { status, stderr } = spawnSync(process.execPath, ["scripts/start.mjs"], {
      encoding: "utf8",
      env: env as unknown as NodeJS.ProcessEnv,
    });
    expect(status).toBe(1);
    expectQuoted(entry("does not start without its settings"), stderr);
    const named = /Missing: ([A-Z_, ]+)\./.exec(stderr)![1]!.split(", ");
    expect(named.sort()).toEqual(Object.keys(empty).sort());
    expect(missingSettings({ ...env, ...Object.fromEntries(named.map((name) => [name, "set"])) })).toEqual([]);
  });

  it("is refused a login that would see every tenant, and taken with the one that make-login.sh makes", async () => {
    const superuser = new URL(cluster.adminUrl);
    superuser.pathname = "/cloudguard";
    const { ended, said } = worker(superuser.href);
    expect(await ended).toBe(1);
    expectQuoted(entry("is a superuser or has BYPASSRLS"), said());
    const script = readFileSync("deploy/postgres/make-login.sh", "utf8").split("<<'SQL'\n")[1]!.split("\nSQL")[0]!;
    await asSuperuser("drop database cloudguard; drop role cloudguard");
    await asSuperuser(script.replaceAll(":'password'", "'secret'"));
    expect((await refusal(at(cluster.url, () => databaseBinds()))).message).not.toContain("superuser");
  });

  it("may not act as the roles before the migrations have made them, or where another login ran those", async () => {
    const told = entry("may not act as");
    expectQuoted(told, (await refusal(at(cluster.url, () => databaseBinds()))).message);
    expect(await migrate(cluster.url)).toEqual(migrationNames());
    await at(cluster.url, () => databaseBinds());

    await asSuperuser("create role another login nosuperuser nobypassrls createrole");
    const other = urlOf("another", "cloudguard");
    expectQuoted(told, (await refusal(at(other, () => databaseBinds()))).message);
    await asSuperuser("grant cloudguard_app, cloudguard_system to another");
    expectQuoted(told, (await refusal(at(other, () => databaseBinds()))).message);
    const grant = /`(grant [^`]+)`/.exec(told.remedy)![1]!;
    await asSuperuser(grant.replace("…", "another"));
    await at(other, async () => {
      await databaseBinds();
      expect(await readiness()).toMatchObject({ isReady: true });
    });
  });

  it("serves, but is not ready before the migrations", async () => {
    await asSuperuser("create database empty owner cloudguard");
    await at(urlOf("cloudguard", "empty"), async () => {
      const before = await readiness();
      expectQuoted(entry("migrations pending"), "/api/health/ready", before.status);
      expect(before).toEqual({ isReady: false, status: "migrations pending", oldestOverdue: null });
      await migrate(process.env.DATABASE_URL!);
      expect(await readiness()).toMatchObject({ isReady: true, status: "ready" });
    });
  });

  it("stands still in a transaction: its locks are taken from it, and the next one does its work", async () => {
    const { tenantId } = person("user_still");
    const free = (tx: TenantTx) => tx.$queryRaw<unknown[]>`select 1 where pg_try_advisory_xact_lock(42)`;
    await at(urlOf("cloudguard", "empty"), async () => {
      const frozen = forTenant(tenantId, async (tx) => {
        await tx.$queryRaw`select set_config('idle_in_transaction_session_timeout', '500', true)`;
        expect(await free(tx)).toHaveLength(1);
        expect(await forTenant(tenantId, free)).toEqual([]);
        await eventually("the locks are given up", async () => (await forTenant(tenantId, free)).length === 1);
        return free(tx);
      });
      await expect(frozen).rejects.toThrow();
    });
    await eventually("the database says why", () => databaseSays.includes("terminating connection"));
    expectQuoted(entry("idle-in-transaction"), databaseSays);
  });

  it("waits for a database that does not answer, then says so and ends; one that comes up meanwhile it takes", async () => {
    const told = entry("does not answer");
    expect(await unreachable.running.ended).toBe(1);
    expectQuoted(told, unreachable.running.said());
    const missing = await refusal(at(urlOf("cloudguard", "nowhere"), () => databaseBinds({ patienceMs: 0 })));
    expectQuoted(entry("does not let DATABASE_URL in"), missing.message);
    expect(missing.message).toMatch(/"nowhere" does not exist/);

    const port = Number(new URL(unreachable.url).port);
    const waiting = at(unreachable.url, () => databaseBinds());
    const migrating = startProcess(["--import", "tsx", "server/db/migrate-main.ts"], {
      env: { ...process.env, DATABASE_URL: unreachable.url },
    });
    await eventually("the migrations wait too", () => migrating.said().includes("does not answer yet"));
    const late = await new Promise<Server>((listening) => {
      const server = createServer((socket) => {
        const database = connectTo(Number(new URL(cluster.url).port), "127.0.0.1");
        for (const end of [socket, database]) end.on("error", () => end.destroy());
        socket.pipe(database).pipe(socket);
      });
      server.listen(port, "127.0.0.1", () => listening(server));
    });
    await waiting;
    expect([await migrating.ended, migrating.said()]).toEqual([0, expect.stringContaining("up to date")]);
    late.close();
  });
});

describe("a sign-in that nobody gets through", () => {
  let middleware: typeof import("../middleware").default;
  beforeAll(async () => void (middleware = (await import("../middleware")).default));

  async function asked(url: string, token: string) {
    const request = new NextRequest(`${origin}${url}`, {
      headers: { host: "localhost:3000", cookie: `__session=${token}; __client_uat=1; __clerk_db_jwt=x` },
    });
    const { headers } = await middleware(request, { waitUntil: () => undefined } as unknown as NextFetchEvent);
    const target = headers.get("location");
    return {
      status: headers.get("x-middleware-request-x-clerk-auth-status"),
      sentTo: target && new URL(target).pathname,
    };
  }
  const isSignedIn = async (token: string) => (await asked("/api/trpc/accounts.list", token)).status === "signed-in";

  it("has another application's keys, another address or another domain", async () => {
    const told = entry("Everybody is sent to");
    const { sentTo } = await asked("/overview", clerkApplication().token());
    const { status, error } = await askRest(null, "listAccounts");
    expectQuoted(told, sentTo, error?.message);
    expect([status, error?.code]).toEqual([401, "UNAUTHORIZED"]);
    expect(await isSignedIn(clerkApplication().token())).toBe(false);
    expect(await isSignedIn(ours.token())).toBe(true);
    expect(await isSignedIn(ours.token({ seconds: -60 }))).toBe(false);

    const address = "https://cloudguard.example.com";
    expect(await isSignedIn(ours.token({ at: address }))).toBe(false);
    process.env.APP_URL = address;
    expect(await isSignedIn(ours.token({ at: address }))).toBe(true);
    process.env.APP_URL = origin;

    const claims = JSON.parse(Buffer.from(ours.token().split(".")[1]!, "base64url").toString()) as { iss: string };
    const rules = { publishableKey: standInPublishableKey };
    expect(claimsFit(claims, tokenRules({ ...rules, domain: "clerk.another.example" }))).toBe(false);
    expect(claimsFit(claims, tokenRules({ ...rules, domain: new URL(claims.iss).host }))).toBe(true);
  });
});

describe("connecting", () => {
  const eve = person("user_eve");
  const account = "200000000002";
  const begin = () => beginConnection(eve, { name: "Staging", awsAccountId: account, region: "us-east-1" });

  it("is refused where the role does not let CloudGuard in, and works with the condition that the message shows", async () => {
    const { externalIdId, externalId } = await begin();
    const { roleArn } = await aws.grantRole({ account, externalId: `${externalId}x` });
    const { message, details } = await refusal(connectAccount(eve, { externalIdId, roleArn }));
    const said = [message, ...Object.values(details.fields ?? {})].join("\n");
    expectQuoted(entry("AWS refused to let CloudGuard assume"), said);
    expect(said).toContain(`"sts:ExternalId": "${externalId}"`);
    await aws.grantRole({ account, externalId });
    expect((await connectAccount(eve, { externalIdId, roleArn })).check.trust.problem).toBeNull();
  });

  it("is refused where the role lets anybody in, and works with the condition that the message shows", async () => {
    const frank = person("user_frank");
    const asked = { name: "Staging", awsAccountId: account, region: "us-east-1" };
    const { externalIdId, externalId } = await beginConnection(frank, asked);
    const { roleArn } = await aws.grantRole({ account, roleName: "CloudGuardOpen" });
    const { message, details } = await refusal(connectAccount(frank, { externalIdId, roleArn }));
    const said = [message, ...Object.values(details.fields ?? {})].join("\n");
    expectQuoted(entry("The role can be assumed"), said);
    expect(said).toContain(`"sts:ExternalId": "${externalId}"`);
    await aws.grantRole({ account, roleName: "CloudGuardOpen", externalId });
    expect((await connectAccount(frank, { externalIdId, roleArn })).check.trust.problem).toBeNull();
  });
});

describe("an account", () => {
  const ada = person("user_ada");
  const production = "123456789012";
  const stack = (stackName: string) => ({ awsAccountId: production, region: "us-east-1", stackName });
  let accountId: string;
  beforeAll(async () => {
    ({ accountId } = await connect(ada, aws, production, { lacks: ["ec2:DescribeInstances"] }));
    await workAll();
  });

  /** The job of a click, looked at so many minutes after AWS was first asked. */
  async function lookedAtAfter(jobId: string, minutes: number) {
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({
        where: { id: jobId },
        data: { dueAt: new Date(0), startedAt: new Date(Date.now() - minutes * 60_000) },
      }),
    );
    await tick({ budgetMs: 60_000 });
    return jobById(ada, { jobId });
  }

  it("is limited where its role lacks an action, and is not once the statement is added", async () => {
    const { status, completeness, externalId } = await accountById(ada, { accountId });
    expect(status).toBe("limited");
    const [gap] = completeness.gaps;
    expectQuoted(entry("An account is `limited`"), status, gap!.message);
    expect(gap!.statement).toContain('"ec2:DescribeInstances"');
    await aws.grantRole({ account: production, externalId });
    await requestSync(ada, { accountId });
    await workAll();
    expect(await accountById(ada, { accountId })).toMatchObject({ status: "connected", completeness: { gaps: [] } });
  });

  it("has old figures where nobody ticks, and the cron that answers 200 makes them new", async () => {
    const told = entry("Figures are old");
    await forTenant(ada.tenantId, (tx) =>
      tx.awsAccount.update({ where: { id: accountId }, data: { syncDueAt: new Date(Date.now() - 20 * 60_000) } }),
    );
    const late = await readiness();
    expect(late.oldestOverdue).toMatchObject({ job: "accounts", seconds: expect.closeTo(1200, -2) as number });
    expectQuoted(told, "/api/health/ready", JSON.stringify(late));
    const { groups } = parse(readFileSync("deploy/alerts.yaml", "utf8")) as {
      groups: { rules: { alert: string; expr: string }[] }[];
    };
    const rule = groups.flatMap(({ rules }) => rules).find(({ alert }) => told.remedy.includes(`\`${alert}\``))!;
    const scraped = async () => (await scrape(`Bearer ${secret}`)).text();
    const isFiring = async () => {
      const now = await scraped();
      return evaluate(rule.expr, { before: now, after: now, seconds: 300 }).length > 0;
    };
    expect(await isFiring()).toBe(true);
    expect((await runCron("inventory", "Bearer another")).status).toBe(401);
    expect(await isFiring()).toBe(true);
    expect((await runCron("inventory", `Bearer ${secret}`)).status).toBe(200);
    expect((await readiness()).oldestOverdue?.job).not.toBe("accounts");
    expect(await isFiring()).toBe(false);
  });

  it("has a detection that AWS still runs: a killed worker's lease ends, and the next one goes on", async () => {
    detectionMs = 2_000;
    const { jobId } = await triggerDrift(ada, stack("web-app-infrastructure"));
    const running = await lookedAtAfter(jobId, 1);
    expectQuoted(entry("A detection stays in"), running.status);
    await forTenant(ada.tenantId, (tx) =>
      tx.driftDetectionJob.update({ where: { id: jobId }, data: { dueAt: new Date(0) } }),
    );
    // Somebody claims it and is never heard of again.
    expect(await claimDriftJobs(1, [jobId])).toHaveLength(1);
    expect(await claimDriftJobs(1, [jobId])).toEqual([]);
    await forTenant(ada.tenantId, async (tx) => {
      const { leaseUntil } = await tx.driftDetectionJob.findUniqueOrThrow({ where: { id: jobId } });
      expect(leaseUntil!.getTime() - Date.now()).toBeLessThanOrEqual(90_000);
      await tx.driftDetectionJob.update({ where: { id: jobId }, data: { leaseUntil: new Date(0) } });
    });
    await settleDrift(ada);
    expect(await jobById(ada, { jobId })).toMatchObject({ status: "DETECTION_COMPLETE", failure: null });
  });

  it("has a detection that ends after an hour, says what the role lacks, and works when tried again", async () => {
    detectionMs = 5_000;
    const given = await triggerDrift(ada, stack("network-foundation"));
    const { status, failure } = await lookedAtAfter(given.jobId, 61);
    expectQuoted(entry("A detection ends as"), status, failure?.reason);
    await aws.fault({ kind: "denied", service: "cloudformation", operation: "DetectStackDrift" });
    const denied = await triggerDrift(ada, stack("network-foundation"));
    await aws.clearFaults();
    expect(denied.status).toBe("DETECTION_FAILED");
    expect(JSON.stringify(denied.failure)).toContain("cloudformation:DetectStackDrift");
    detectionMs = 0;
    const again = await triggerDrift(ada, stack("network-foundation"));
    await settleDrift(ada);
    expect(await jobById(ada, { jobId: again.jobId })).toMatchObject({ status: "DETECTION_COMPLETE", failure: null });
  });
});

describe("costs", () => {
  const grace = person("user_grace");
  const account = "200000000002";
  const state = async () => (await costFreshness(grace, {})).accounts[0]!;
  async function refreshed() {
    await forTenant(grace.tenantId, (tx) =>
      tx.costRefresh.updateMany({ data: { dueAt: new Date(0), startedAt: new Date(0) } }),
    );
    await refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
    return state();
  }

  it("are missing where the role may not ask, and come with the billing policy", async () => {
    const { accountId } = await connect(grace, aws, account, { lacks: ["ce:GetCostAndUsage"] });
    const barred = await refreshed();
    expectQuoted(entry("Cost Explorer refuses this account"), barred.reason);
    expect(barred).toMatchObject({ state: "barred", asOf: null });
    expect(barred.statement).toContain("ce:GetCostAndUsage");
    const { externalId } = await accountById(grace, { accountId });
    await aws.grantRole({ account, externalId });
    expect(await refreshed()).toMatchObject({ state: "fresh", reason: null });
  });

  it("are missing where Cost Explorer was never enabled, and come once it is", async () => {
    await aws.fault({ kind: "neverEnabled", service: "ce" });
    const never = await refreshed();
    expectQuoted(entry("Cost Explorer was never enabled"), never.reason);
    expect(never.state).toBe("notEnabled");
    await aws.clearFaults();
    expect(await refreshed()).toMatchObject({ state: "fresh", reason: null });
  });
});

describe("the log", () => {
  /** What a process of its own logs of one request that is refused, and the id that its answer tells. */
  function oneRequest(LOG_LEVEL: string) {
    const program = `
      const { askRest } = require("./tests/harness/rest.ts");
      const { person } = require("./tests/harness/tenants.ts");
      const asked = askRest(person("user_quoting"), "getAccount", { params: { id: "none" } });
      asked.then(({ error }) => process.stdout.write(JSON.stringify(error) + "\\n", () => process.exit()));`;
    const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--input-type=commonjs", "-e", program], {
      encoding: "utf8",
      env: { ...process.env, LOG_LEVEL },
    });
    const told = stdout.trim().split("\n");
    const lines = told.map((line) => JSON.parse(line) as { requestId: string; level?: number });
    return { logged: lines.slice(0, -1), answered: lines.at(-1)!.requestId };
  }

  it("says more with LOG_LEVEL=debug, and every line of a request carries the id that people see", () => {
    const { remedy } = entry("More is needed than the log says");
    expect(remedy).toContain("`LOG_LEVEL=debug`");
    const usual = oneRequest("info");
    const more = oneRequest("debug");
    expect(more.logged.length).toBeGreaterThan(usual.logged.length);
    expect(more.logged.some(({ level }) => level === 20)).toBe(true);
    for (const { logged, answered } of [usual, more]) {
      expect(answered).toMatch(/^req_[0-9a-f]{24}$/);
      expect(logged.length).toBeGreaterThan(0);
      for (const { requestId } of logged) expect(requestId).toBe(answered);
    }
  });
});

it("every entry of the guide has been tried", () => {
  expect(guide.length).toBeGreaterThan(10);
  expect(guide.filter((one) => !tried.has(one)).map(({ seen }) => seen)).toEqual([]);
});
