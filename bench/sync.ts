/**
 * A first sync, a re-sync, and a re-sync after some resources changed, of 20 accounts in 17 regions, against the lower bound
 * that the world and this machine allow. ACCOUNTS, RESOURCES, LATENCY_MS and CHANGED set another size.
 */
import os from "node:os";
import { totalOf } from "../demo/aws/truth";
import { disconnect, forTenant } from "../server/db/client";
import { tick } from "../server/jobs/tick";
import { requestSync } from "../server/resources/service";
import { databaseCounts } from "./sync/database-counts";
import { calibrate } from "./sync/calibration";
import { lowerBound, neededCalls } from "./sync/needed";
import { connectAll, startBenchWorld } from "./sync/world";
import { ctx } from "./worlds/started";

const size = {
  seed: 7,
  accounts: Number(process.env.ACCOUNTS ?? 20),
  resources: Number(process.env.RESOURCES ?? 20_000),
};
const latencyMs = Number(process.env.LATENCY_MS ?? 200);
const toChange = Number(process.env.CHANGED ?? 200);
const concurrency = 50;

const bench = await startBenchWorld(size, { latencyMs, concurrency });
const database = databaseCounts(bench.adminUrl);
const speed = await calibrate(size, bench.adminUrl);
await connectAll(bench);

const first = await measured();
await requestSync(ctx, {});
const again = await measured();
// At once: PostgreSQL keeps what it has logged for a while only.
const wal = await database.walBetween(again.walFrom, again.walTo);
const changed = await changeSome();
await requestSync(ctx, {});
const afterChange = await measured();

const needed = neededCalls(bench.world);
const there = totalOf(bench.world);
const live = await forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
const run = { latency: latencyMs / 1000, concurrency, rowsSeen: there };
const bound = lowerBound(needed, { ...run, bytes: first.bytes, rowsChanged: there }, speed);
const boundAgain = lowerBound(needed, { ...run, bytes: again.bytes, rowsChanged: 0 }, speed);
await disconnect();
await bench.stop();
// The last line: what a closing database still has to say comes before it.
console.log(
  JSON.stringify({
    ratioToLowerBound: round(first.seconds / bound.seconds),
    boundBy: bound.boundBy,
    terms: rounded(bound.terms),
    seconds: round(first.seconds),
    databaseSeconds: round(first.databaseSeconds),
    resync: {
      ratioToLowerBound: round(again.seconds / boundAgain.seconds),
      boundBy: boundAgain.boundBy,
      seconds: round(again.seconds),
      databaseSeconds: round(again.databaseSeconds),
      databaseRatioToFirst: round(again.databaseSeconds / first.databaseSeconds),
      rowsUpdated: again.rowsWritten,
      walBytesPer100kRows: Math.round((wal.bytes / there) * 100_000),
      // No resource is written: what is logged are the cells, which say when they were read.
      walBytes: wal.bytes,
      walBytesByTable: wal.byTable,
      scanCells: again.scanCells,
      walBytesPerCell: Math.round(wal.bytes / again.scanCells),
    },
    resyncAfterChange: { changed, rowsUpdated: afterChange.rowsWritten, exact: afterChange.rowsWritten === changed },
    callsSent: first.callsSent,
    callsNeeded: needed.Q,
    callsRatio: round(first.callsSent / needed.Q),
    assumeRole: first.assumeRole,
    accounts: size.accounts,
    resources: live,
    complete: live === there,
    calibration: rounded({ ...speed, microsecondsPerCall: speed.secondsPerCall * 1e6 }),
    cores: os.availableParallelism(),
  }),
);
process.exit(0);

/** Works everything that is due, and counts what that took. */
async function measured() {
  await bench.aws.calls({ reset: true });
  const before = await versions();
  await database.settle();
  const then = await database.now();
  const startedAt = performance.now();
  while ((await tick({ budgetMs: 600_000 })) > 0);
  const seconds = (performance.now() - startedAt) / 1000;
  const now = await database.now();
  const calls = await bench.aws.calls();
  const sum = (of: typeof calls, member: "count" | "bytes") => of.reduce((total, call) => total + call[member], 0);
  const after = await versions();
  return {
    seconds,
    databaseSeconds: now.activeSeconds - then.activeSeconds,
    walFrom: then.wal,
    walTo: now.wal,
    callsSent: sum(calls, "count"),
    bytes: sum(calls, "bytes"),
    assumeRole: sum(
      calls.filter(({ operation }) => operation === "AssumeRole"),
      "count",
    ),
    rowsWritten: [...after].filter(([id, version]) => before.get(id) !== version).length,
    scanCells: await forTenant(ctx.tenantId, (tx) => tx.scanCell.count()),
  };
}

/** Gives so many EC2 instances, spread over the accounts, other tags; returns how many. */
async function changeSome(): Promise<number> {
  const instances = [...bench.world.accounts.values()].flatMap(({ id, regions }) =>
    [...regions].flatMap(([region, place]) =>
      place.instances.map(({ InstanceId }) => ({ account: id, region, InstanceId })),
    ),
  );
  const step = Math.max(1, Math.floor(instances.length / toChange));
  const chosen = instances.filter((_, at) => at % step === 0).slice(0, toChange);
  for (const { account, region, InstanceId } of chosen)
    await bench.aws.post("/_sim/mutate", {
      account,
      region,
      type: "AWS::EC2::Instance",
      nativeId: InstanceId,
      action: "tag",
      tags: { Team: "changed by the measurement" },
    });
  return chosen.length;
}

/** Which version of each resource's row PostgreSQL holds: another one means that it was written. */
async function versions(): Promise<Map<string, string>> {
  const rows = await forTenant(
    ctx.tenantId,
    (tx) => tx.$queryRaw<{ id: string; version: string }[]>`select id, xmin::text as version from "Resource"`,
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

function rounded(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value)]));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
