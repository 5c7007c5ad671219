/**
 * A worker is killed with SIGKILL, or stopped past its lease and woken again, at every step of a first cost refresh: before AWS
 * gets a page's request, after AWS has answered and before the worker knows, and at a random moment while it writes. Whoever
 * takes over goes on from the last page, no dollar is counted twice or lost, and the ledger has every request that AWS got.
 * Leases and due times are moved on by hand, so that a trial does not wait for them.
 */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { CostTruth } from "../demo/aws/cost-truth";
import { seeded } from "../demo/aws/random";
import { forTenant } from "../server/db/client";
import { refreshDueCosts } from "../server/cost/refresh";
import { inLedger, neverRead, wrongFigure } from "./worlds/costs";
import { bundleWorker, startWorld, startWorker } from "./worlds/started";
import { trapBefore, type Moment } from "./worlds/trap";

const SEED = Number(process.env.SEED ?? 11);
const KILLS_WHILE_ALL_IS_WRITTEN = Number(process.env.KILLS_WHILE_WRITING ?? 12);
/** At most so many trials of each kind, spread over the steps; all unless told. */
const TRIALS = Number(process.env.TRIALS ?? Infinity);
const PAYER = "100000000001";
const MEMBER = "200000000002";
/** How long it takes to write fourteen months, and to forecast, on a slow machine. */
const ALL_IS_WRITTEN_MS = 2_500;
/** A worker comes to the last step within this, also where the machine is busy. */
const REACHED_WITHIN_MS = 300_000;
/** A woken worker has said whatever it will say by then. */
const WOKEN_MS = 1_500;

interface Point {
  operation: "AssumeRole" | "GetCostAndUsage" | "GetCostForecast";
  after: number;
  moment: Moment;
  /** So many times AWS fails the first question before, so that the worker is struck while it repeats it. */
  failures?: number;
}

bundleWorker();
const world = await startWorld({ AWS_SIM_LIMITS: "off" });
const { ctx } = world;
const payer = (await world.connect(PAYER)).accountId;
const member = (await world.connect(MEMBER)).accountId;
// Costs alone: the inventory is not read here, and no worker shall spend a trial on it.
await forTenant(ctx.tenantId, (tx) => tx.awsAccount.updateMany({ data: { syncDueAt: null, checkDueAt: null } }));
const truth = await world.ask<CostTruth>("costs");

let notedBefore = 0;
let mostAskedTwice = 0;
let mostNotedUnasked = 0;
await startOver();
await neverRead(ctx.tenantId, [payer, member]);
await refreshDueCosts({ deadline: performance.now() + 120_000, signal: new AbortController().signal });
const pages = await world.sent("GetCostAndUsage");
const needed = await requests();
const undisturbed = await problemOf({ sent: needed, notedAtMost: needed });
if (undisturbed) throw new Error(`Without any kill: ${undisturbed}`);

const everyPage = Array.from({ length: pages }, (_, at) => at);
const steps = (["before the call", "after the answer"] as const).flatMap((moment): Point[] => [
  { operation: "AssumeRole", after: 0, moment },
  ...everyPage.map((after): Point => ({ operation: "GetCostAndUsage", after, moment })),
  { operation: "GetCostForecast", after: 0, moment },
]);
const writing = (count: number) =>
  Array.from({ length: count }, (): Point => ({ operation: "GetCostForecast", after: 0, moment: "while writing" }));
const someWriting = everyPage
  .filter((after) => after % 4 === 2)
  .map((after): Point => ({ operation: "GetCostAndUsage", after, moment: "while writing" }));
const repeating = ([1, 2] as const).flatMap((failures) =>
  (["before the call", "after the answer"] as const).map((moment): Point => ({
    operation: "GetCostAndUsage",
    after: failures,
    moment,
    failures,
  })),
);
const kills = spread([...steps, ...repeating, ...someWriting, ...writing(KILLS_WHILE_ALL_IS_WRITTEN)]);
const stops = spread([
  ...steps.filter(({ after }) => after % 5 === 0),
  ...repeating,
  ...someWriting,
  ...writing(KILLS_WHILE_ALL_IS_WRITTEN / 2),
]);

const trap = await trapBefore(world.url, seeded(SEED));
const failed: string[] = [];
for (const [signal, points] of [
  ["SIGKILL", kills],
  ["SIGSTOP", stops],
] as const)
  for (const point of points) {
    const began = performance.now();
    const problem = await trial(signal, point);
    const repeats = point.failures ? `, repeated ${point.failures} times` : "";
    const name = `${signal} at ${point.operation} ${point.after + 1}${repeats}, ${point.moment}`;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${problem ? "✗" : "✓"} ${name}${problem ? `: ${problem}` : ""} (${seconds} s)`);
    if (problem) failed.push(`${name}: ${problem}`);
  }
const passes = failed.length === 0;
console.log(
  JSON.stringify({
    bench: "cost-kill",
    kills: kills.length,
    stops: stops.length,
    requestsNeeded: needed,
    mostAskedTwice,
    mostNotedUnasked,
    lostOrDoubled: failed.length,
    failed,
    passes,
  }),
);
trap.close();
await world.end();
process.exit(passes ? 0 : 1);

function spread(points: Point[]): Point[] {
  const step = Math.max(1, points.length / TRIALS);
  return points.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

async function trial(
  signal: "SIGKILL" | "SIGSTOP",
  { operation, after, moment, failures = 0 }: Point,
): Promise<string | null> {
  await startOver();
  if (failures > 0) await world.ask("faults", { kind: "error5xx", service: "ce", times: failures });
  const victim = startWorker(trap.env);
  const gone = new Promise<void>((resolve) => victim.once("exit", () => resolve()));
  const struck = new Promise<void>((resolve) => {
    const spring = () => {
      victim.kill(signal);
      resolve();
    };
    const writingMs = operation === "GetCostForecast" ? ALL_IS_WRITTEN_MS : undefined;
    trap.arm({ operation, after, moment, spring, writingMs, isAnswered: signal === "SIGSTOP" });
  });
  await neverRead(ctx.tenantId, [payer, member]);
  const isStruck = await Promise.race([struck.then(() => true), delay(REACHED_WITHIN_MS, false)]);
  if (!isStruck) {
    victim.kill("SIGKILL");
    return "the moment never came";
  }
  if (signal === "SIGKILL") await gone;

  await leasesRunOut();
  const heir = startWorker(trap.env);
  const isDone = await within(REACHED_WITHIN_MS, async () => (await refreshes()).every(({ isOver }) => isOver));
  let said: string | null = null;
  if (signal === "SIGSTOP") {
    const before = await stored();
    victim.kill("SIGCONT");
    await delay(WOKEN_MS);
    if ((await stored()) !== before) said = "the woken worker wrote";
    victim.kill("SIGKILL");
    await gone;
  }
  heir.kill("SIGKILL");
  if (!isDone) return `it was not taken over: ${JSON.stringify(await refreshes())}`;
  const sent = await requests();
  mostAskedTwice = Math.max(mostAskedTwice, sent - failures - needed);
  if (sent > needed + failures + 1) return `${sent} requests reached AWS, ${needed + failures} were needed`;
  // Noted before it is asked: a worker that is killed in between, as the woken one is at last, leaves a cent that AWS will not
  // bill, never the reverse.
  const mayBeUnasked = moment === "before the call" || operation === "AssumeRole" ? 1 : 0;
  return said ?? (await problemOf({ sent, notedAtMost: sent + mayBeUnasked }));
}

/** Nothing is stored and nothing is due; what AWS and the ledger count from here on is the trial's. */
async function startOver(): Promise<void> {
  await neverRead(ctx.tenantId, []);
  await world.forgetCalls();
  notedBefore = (await inLedger(ctx.tenantId)).requests;
}

/** What is wrong once all has been read; null where nothing is. */
async function problemOf({ sent, notedAtMost }: { sent: number; notedAtMost: number }): Promise<string | null> {
  const wrong = await wrongFigure(ctx, truth);
  if (wrong) return wrong;
  const ledger = await inLedger(ctx.tenantId);
  const noted = ledger.requests - notedBefore;
  return forTenant(ctx.tenantId, async (tx) => {
    if (noted < sent || noted > notedAtMost) return `the ledger has ${noted} requests, AWS got ${sent}`;
    mostNotedUnasked = Math.max(mostNotedUnasked, noted - sent);
    if (ledger.cents !== ledger.requests) return `the ledger has ${ledger.cents} cents for ${ledger.requests} requests`;
    if ((await tx.costPage.count()) > 0) return "pages were left behind";
    if ((await tx.costRestatement.count()) > 0) return "a day is called restated";
    const linked = await tx.costLinked.count();
    const kept = await tx.forecast.groupBy({ by: ["source"], _count: true, orderBy: { source: "asc" } });
    const forecasts = Object.fromEntries(kept.map(({ source, _count }) => [source, _count]));
    // AWS's own is of all together, ours of all together and of each linked account.
    if (forecasts.AWS !== 1 || forecasts.LOCAL !== linked + 1) return `forecasts kept: ${JSON.stringify(forecasts)}`;
    const outcomes = (await refreshes()).map(({ outcome }) => outcome).join(", ");
    return outcomes === "READ, COVERED" ? null : `the refreshes ended ${outcomes}`;
  });
}

/** The payer's and the member's, in this order. */
async function refreshes() {
  const rows = await forTenant(ctx.tenantId, (tx) => tx.costRefresh.findMany());
  return [payer, member].map((accountId) => {
    const { outcome, progress, leaseUntil, failure } = rows.find((row) => row.accountId === accountId)!;
    return { outcome, failure, isOver: outcome !== null && progress === null && leaseUntil === null };
  });
}

async function requests(): Promise<number> {
  return (await world.sent("GetCostAndUsage")) + (await world.sent("GetCostForecast"));
}

/** Everything that a refresh writes but the ledger, where a woken worker notes the answer that it had paid for. */
async function stored(): Promise<string> {
  const rows = await forTenant(ctx.tenantId, (tx) =>
    Promise.all([
      tx.costEntry.findMany({
        orderBy: [{ grouping: "asc" }, { date: "asc" }, { awsAccountId: "asc" }, { service: "asc" }, { region: "asc" }],
      }),
      tx.costDay.findMany({ orderBy: { date: "asc" } }),
      tx.costLinked.findMany({ orderBy: { awsAccountId: "asc" } }),
      tx.costSummary.findMany({ orderBy: [{ startDate: "asc" }, { awsAccountId: "asc" }] }),
      tx.costRestatement.findMany({ orderBy: { id: "asc" } }),
      tx.costPage.findMany({ orderBy: [{ step: "asc" }, { page: "asc" }] }),
      tx.forecast.findMany({ orderBy: [{ source: "asc" }, { awsAccountId: "asc" }, { madeAt: "asc" }] }),
      tx.forecastScore.findMany({ orderBy: [{ source: "asc" }, { of: "asc" }, { awsAccountId: "asc" }] }),
      tx.costRefresh.findMany({ orderBy: { accountId: "asc" } }),
    ]),
  );
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}

/** As 45 s after the death of who held them. A frozen worker may hold the row itself, until the database ends its transaction. */
async function leasesRunOut() {
  const isLeft = () =>
    forTenant(ctx.tenantId, async (tx) => {
      await tx.$executeRaw`update "CostRefresh" set "leaseUntil" = null where "accountId" in (
        select "accountId" from "CostRefresh" where "leaseUntil" is not null for update skip locked)`;
      return tx.costRefresh.count({ where: { leaseUntil: { not: null } } });
    });
  if (!(await within(90_000, async () => (await isLeft()) === 0))) throw new Error("a row is held for ever");
}

async function within(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const until = performance.now() + ms; !(await holds()); await delay(100))
    if (performance.now() > until) return false;
  return true;
}
