/** A first sync, a re-sync and a re-sync with changes of 20 accounts in 17 regions, against the lower bound that the world allows. */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cloudGuard } from "../demo/aws/identities";
import { startPostgres } from "../demo/postgres";
import { truth } from "../demo/aws/truth";
import { sizedWorld } from "../demo/aws/world";
import { beginConnection, connectAccount } from "../server/accounts/service";
import type { RoomContext } from "../server/context";
import { disconnect, forTenant, type TenantId } from "../server/db/client";
import { migrate } from "../server/db/migrate";
import { tick } from "../server/jobs/tick";
import { requestSync } from "../server/resources/service";

const size = {
  seed: 7,
  accounts: Number(process.env.ACCOUNTS ?? 20),
  resources: Number(process.env.RESOURCES ?? 20_000),
};
const L = Number(process.env.LATENCY_MS ?? 200) / 1000;
const K = 50;
const cores = os.availableParallelism();

process.env.LOG_LEVEL ??= "error";
process.env.AWS_CONCURRENCY = String(K);
const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
await migrate(postgres.url);
const url = await simulatedAws();
Object.assign(process.env, {
  DATABASE_URL: postgres.url,
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
  AWS_REGION: "us-east-1",
});
const ctx: RoomContext = {
  tenantId: "bench" as TenantId,
  clerkUserId: "bench",
  requestId: "req_bench",
  email: () => Promise.resolve(null),
};
const world = sizedWorld(size);
for (const account of world.accounts.keys()) {
  const { externalIdId, externalId } = await beginConnection(ctx, {
    name: account,
    awsAccountId: account,
    region: "us-east-1",
  });
  const { roleArn } = (await post("/_sim/roles", { account, externalId })) as { roleArn: string };
  await connectAccount(ctx, { externalIdId, roleArn });
}

const { Q, chains } = needed();
const first = await measured();
await requestSync(ctx, {});
const xminBefore = await versions();
const again = await measured();
const rowsUpdated = (await versions()).filter((row, at) => row !== xminBefore[at]).length;

const there = truth(world).accounts.reduce((sum, { total }) => sum + total, 0);
const live = await forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
const T_crit = Math.max(...chains) * L;
const T_conc = (chains.reduce((sum, calls) => sum + calls, 0) * L) / K;
const T_cpu = (again.cpuSeconds / again.callsSent) * Q;
const terms = { T_crit, T_conc, T_rate: L, T_cpu, T_db: 0 };
const bound = Object.entries(terms).sort(([, a], [, b]) => b - a)[0]!;
console.log(
  JSON.stringify({
    ratioToLowerBound: round(first.seconds / (L + bound[1])),
    ratioToLowerBoundAgain: round(again.seconds / (L + bound[1])),
    boundBy: bound[0],
    terms: Object.fromEntries(Object.entries(terms).map(([key, value]) => [key, round(value)])),
    seconds: round(first.seconds),
    secondsAgain: round(again.seconds),
    callsSent: first.callsSent,
    callsNeeded: Q,
    callsRatio: round(first.callsSent / Q),
    assumeRole: first.assumeRole,
    accounts: size.accounts,
    rowsUpdatedByResync: rowsUpdated,
    walBytesByResync: again.walBytes,
    resources: live,
    complete: live === there,
    cores,
  }),
);
await disconnect();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** Calls that the world makes necessary: list pages, declared item calls, one tag sweep per region that has swept types, and two per account. */
function needed() {
  const chains: number[] = [];
  let itemCalls = 0;
  const pages = (items: number, perPage: number) => Math.max(1, Math.ceil(items / perPage));
  for (const { regions, buckets } of world.accounts.values()) {
    chains.push(pages(buckets.length, 100));
    itemCalls += buckets.length * 3;
    for (const place of regions.values()) {
      for (const list of [place.instances, place.volumes, place.snapshots, place.natGateways])
        chains.push(pages(list.length, 500));
      chains.push(
        1,
        pages(place.functions.length, 50),
        pages(place.dbInstances.length, 100),
        pages(place.dbClusters.length, 100),
        pages(place.tables.length, 100),
        pages(place.loadBalancers.length, 400),
        pages(place.stacks.length, 100),
      );
      itemCalls += place.tables.length;
      const swept = place.functions.length + place.tables.length + place.loadBalancers.length;
      if (swept + buckets.length > 0) chains.push(pages(place.tags.size, 100));
    }
  }
  // AssumeRole and DescribeRegions.
  return {
    Q: chains.reduce((sum, calls) => sum + calls, 0) + itemCalls + 2 * world.accounts.size,
    chains: [...chains, ...Array.from({ length: itemCalls }, () => 1)],
  };
}

async function measured() {
  await fetch(`${url}/_sim/calls?reset=1`);
  const cpu = process.cpuUsage();
  const wal = await walPosition();
  const startedAt = performance.now();
  while ((await tick({ budgetMs: 600_000 })) > 0);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const calls = (await (await fetch(`${url}/_sim/calls`)).json()) as { operation: string; count: number }[];
  const sum = (of: typeof calls) => of.reduce((total, { count }) => total + count, 0);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    callsSent: sum(calls),
    assumeRole: sum(calls.filter(({ operation }) => operation === "AssumeRole")),
    walBytes: (await walPosition()) - wal,
  };
}

async function walPosition(): Promise<number> {
  const [row] = await forTenant(
    ctx.tenantId,
    (tx) => tx.$queryRaw<{ bytes: number }[]>`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`,
  );
  return row!.bytes;
}

async function versions(): Promise<string[]> {
  const rows = await forTenant(
    ctx.tenantId,
    (tx) => tx.$queryRaw<{ v: string }[]>`select id || xmin::text as v from "Resource" order by id`,
  );
  return rows.map(({ v }) => v);
}

function simulatedAws(): Promise<string> {
  const child = fork(path.resolve("demo/aws/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      PORT: "0",
      AWS_SIM_SIZE: JSON.stringify(size),
      AWS_SIM_LIMITS: "off",
      AWS_SIM_LATENCY_MS: String(L * 1000),
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((ready) => child.once("message", (message) => ready((message as { url: string }).url)));
}

async function post(route: string, body: object): Promise<unknown> {
  return (await fetch(url + route, { method: "POST", body: JSON.stringify(body) })).json();
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
