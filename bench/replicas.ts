/**
 * Three web processes and two workers on one PostgreSQL, from the production build: they serve, share the jobs, take a cron
 * call that is delivered many times as one, and go on when one of them is killed outright.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cloudGuard } from "../demo/aws/identities";
import { freePort } from "../demo/free-port";
import { startPostgres } from "../demo/postgres";
import { beginConnection, connectAccount } from "../server/accounts/service";
import type { RoomContext } from "../server/context";
import { asSystem, disconnect, forTenant, type TenantId } from "../server/db/client";
import { migrate } from "../server/db/migrate";
import { requestSync } from "../server/resources/service";
import { answering, eventually, startProcess, type RunningProcess } from "../tests/harness/processes";
import { productionSettings } from "../tests/harness/production-settings";

const accounts = ["123456789012", "200000000002"];
process.env.LOG_LEVEL ??= "error";
const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
await migrate(postgres.url);
const aws = await simulatedAws();
const awsSettings = {
  AWS_ENDPOINT_URL: aws.url,
  AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
  AWS_REGION: "us-east-1",
};
Object.assign(process.env, awsSettings, { DATABASE_URL: postgres.url });
const ctx: RoomContext = {
  tenantId: "bench" as TenantId,
  clerkUserId: "bench",
  requestId: "req_bench",
  email: () => Promise.resolve(null),
};
for (const account of accounts) {
  const asked = { name: account, awsAccountId: account, region: "us-east-1" };
  const { externalIdId, externalId } = await beginConnection(ctx, asked);
  const answer = await fetch(`${aws.url}/_sim/roles`, {
    method: "POST",
    body: JSON.stringify({ account, externalId }),
  });
  const { roleArn } = (await answer.json()) as { roleArn: string };
  await connectAccount(ctx, { externalIdId, roleArn });
}

interface Replica extends RunningProcess {
  name: string;
  origin: string;
}
const replicas = await Promise.all(
  ["web-1", "web-2", "web-3", "worker-1", "worker-2"].map(async (name): Promise<Replica> => {
    const port = await freePort();
    const isWeb = name.startsWith("web");
    const running = startProcess([`scripts/${isWeb ? "start" : "worker"}.mjs`], {
      env: {
        ...productionSettings(postgres.url, port),
        ...awsSettings,
        LOG_LEVEL: "warn",
        HOST: "localhost",
        [isWeb ? "PORT" : "WORKER_PORT"]: String(port),
      },
    });
    const origin = `http://localhost:${port}`;
    await answering(`${origin}/api/health/ready`, running);
    return { ...running, name, origin };
  }),
);
const { METRICS_TOKEN, CRON_SECRET } = productionSettings(postgres.url, 0);

await eventually("the first syncs end", isSettled, 240_000);
const first = { rowsBy: await rowsBy(), ...(await claims()) };

// The same cron call, five times at once on each web process, with everything due.
await requestSync(ctx, {});
const beforeCron = await claims();
const calls = replicas
  .filter(({ name }) => name.startsWith("web"))
  .flatMap(({ origin }) => Array.from({ length: 5 }, () => cron(origin)));
const answers = await Promise.all(calls);
await eventually("the cron's syncs end", isSettled, 240_000);
const afterCron = await claims();

const kills: { victim: string; secondsUntilDone: number; leaseSeconds: number }[] = [];
for (const victim of [replicas[0]!, replicas[3]!]) {
  await requestSync(ctx, {});
  await eventually("scans are running", async () => (await held()) > 20);
  victim.child.kill("SIGKILL");
  const killedAt = performance.now();
  await eventually("the others take over", isSettled, 240_000);
  kills.push({ victim: victim.name, secondsUntilDone: seconds(killedAt), leaseSeconds: 45 });
}

const alive = replicas.filter(({ child }) => child.exitCode === null && !child.signalCode);
const stillServing = (await Promise.all(alive.map(({ origin }) => fetch(`${origin}/api/health/ready`)))).filter(
  ({ ok }) => ok,
);
const live = await forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
const truth = (await (await fetch(`${aws.url}/_sim/truth`)).json()) as {
  accounts: { account: string; total: number }[];
};
const there = truth.accounts
  .filter(({ account }) => accounts.includes(account))
  .reduce((sum, { total }) => sum + total, 0);
const endings = await Promise.all(
  alive.map(async ({ child, ended }) => {
    const toldAt = performance.now();
    child.kill("SIGTERM");
    return { code: await ended, seconds: seconds(toldAt) };
  }),
);

console.log(
  JSON.stringify({
    processes: replicas.length,
    cells: first.cells,
    claimsOfFirstSync: first.claims,
    processesThatWorked: Object.values(first.rowsBy).filter((rows) => rows > 0).length,
    rowsBy: first.rowsBy,
    cronCalls: answers.length,
    cronAnswered200: answers.filter((status) => status === 200).length,
    claimsPerCellByCron: (afterCron.claims - beforeCron.claims) / afterCron.cells,
    kills,
    servingAfterKills: stillServing.length,
    resources: live,
    complete: live === there,
    stoppedInOrder: endings.filter(({ code }) => code === 0).length,
    slowestStopSeconds: Math.max(...endings.map((ending) => ending.seconds)),
  }),
);
await disconnect();
aws.child.kill("SIGTERM");
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** True when no sync runs and none of its cells is queued, running or about to be. */
async function isSettled(): Promise<boolean> {
  return forTenant(ctx.tenantId, async (tx) => {
    const runs = await tx.syncRun.count({ where: { finishedAt: null } });
    return runs === 0 && (await tx.scanCell.count({ where: { state: { in: ["QUEUED", "RUNNING"] } } })) === 0;
  });
}

function held(): Promise<number> {
  return forTenant(ctx.tenantId, (tx) => tx.scanCell.count({ where: { state: "RUNNING" } }));
}

/** A fence counts the claims of its row. */
async function claims(): Promise<{ cells: number; claims: number }> {
  const [row] = await asSystem(
    (tx) =>
      tx.$queryRaw<
        { cells: number; claims: number }[]
      >`select count(*)::int as cells, sum("fence")::int as claims from "ScanCell"`,
  );
  return row!;
}

async function rowsBy(): Promise<Record<string, number>> {
  const told = await Promise.all(
    replicas.map(async ({ name, origin }) => {
      const text = await (
        await fetch(`${origin}/api/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
      ).text();
      return [name, Number(/^cloudguard_job_rows_total{job="inventory"} (\d+)/m.exec(text)?.[1] ?? 0)] as const;
    }),
  );
  return Object.fromEntries(told);
}

async function cron(origin: string): Promise<number> {
  return (await fetch(`${origin}/api/cron/inventory`, { headers: { authorization: `Bearer ${CRON_SECRET}` } })).status;
}

function simulatedAws() {
  const child = fork(path.resolve("demo/aws/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, PORT: "0", AWS_SIM_LIMITS: "off", AWS_SIM_LATENCY_MS: "150" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise<{ url: string; child: typeof child }>((ready) =>
    child.once("message", (message) => ready({ url: (message as { url: string }).url, child })),
  );
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 100) / 10;
}
