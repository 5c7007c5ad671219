/**
 * Three web processes and two workers on one PostgreSQL, from the production build: they serve, share the jobs, take a cron
 * call that is delivered many times as one, share their limits (F6), and go on when any of them is killed outright: each is, once,
 * while it holds work, and a fresh one takes its place. It needs a build: `npm run build`.
 */
import { asSystem, forTenant } from "../server/db/client";
import { requestSync } from "../server/resources/service";
import { eventually } from "../tests/harness/processes";
import { productionSettings } from "../tests/harness/production-settings";
import { flood } from "./replicas/flood";
import { names, signalAll, startReplica, type Replica } from "./replicas/installation";
import { isSettled, kill, type Kill } from "./replicas/kill";
import { startWorld } from "./worlds/started";

const accounts = ["123456789012", "200000000002"];
/** A person's requests in a minute, and three times as many for their tenant and their address. */
const LIMIT = 100;
const settings = { RATE_LIMIT_REQUESTS_PER_MINUTE: String(LIMIT), RATE_LIMIT_SHARED_FACTOR: "3" };
const { METRICS_TOKEN, CRON_SECRET } = productionSettings("", 0);

const world = await startWorld({ AWS_SIM_LIMITS: "off", AWS_SIM_LATENCY_MS: "150", AWS_SIM_DETECTION_MS: "3000" });
const { ctx } = world;
for (const account of accounts) await world.connect(account);
let replicas: Replica[] = [];
const dead: Replica[] = [];
try {
  replicas = await Promise.all(names.map((name) => startReplica(name, settings)));
  await eventually("the first syncs end", () => isSettled(ctx), 240_000);
  const resources = await resourcesAtAws();
  const first = { ...(await claims()), rowsBy: await rowsBy(), stored: await stored() };
  console.log(`first sync: ${first.stored} of ${resources} resources, rows by ${JSON.stringify(first.rowsBy)}`);

  const cron = await cronDeliveredManyTimes();
  console.log(`cron: ${JSON.stringify(cron)}`);

  const stackId = await aStack();
  const kills: Kill[] = [];
  for (const name of names) {
    const victim = replicas.find((replica) => replica.name === name)!;
    const others = replicas.filter((replica) => replica !== victim);
    kills.push(await kill(ctx, { victim, others, stackId, resources }, () => world.sent("DetectStackDrift")));
    console.log(`kill: ${JSON.stringify(kills.at(-1))}`);
    dead.push(victim);
    replicas = [...others, await startReplica(name, settings)];
  }

  const web = replicas.filter(({ isWeb }) => isWeb);
  const limits = {
    person: await flood(web, LIMIT, (call) => ({ userId: "user_flood", address: anAddress(call) })),
    tenant: await flood(web, LIMIT * 3, (call) => ({
      userId: `user_m${call}`,
      organization: "org_flood",
      address: anAddress(call),
    })),
    address: await flood(web, LIMIT * 3, (call) => ({ userId: `user_a${call}`, address: "198.51.100.1" })),
    strangers: await flood(web, LIMIT * 3, () => ({ address: "198.51.100.2" })),
  };
  const storedAtTheEnd = await stored();
  const endings = await Promise.all(replicas.map(stop));
  const complaints = [...dead, ...replicas].flatMap(complaintsOf);
  for (const line of complaints) console.log(line);

  const processesThatWorked = Object.values(first.rowsBy).filter((rows) => rows > 0).length;
  const passes =
    first.stored === resources &&
    storedAtTheEnd === resources &&
    cron.answered200 === cron.calls &&
    cron.claimsPerCell === 1 &&
    kills.length === names.length &&
    kills.every(isWithoutLoss) &&
    Object.values(limits).every((one) => one.passes) &&
    endings.every(({ code }) => code === 0);
  console.log(
    JSON.stringify({
      bench: "replicas",
      processes: names.length,
      cells: first.cells,
      // More than the cells where one was handed back, or its lease ran out on a machine that is busy with starting five processes.
      claimsOfFirstSync: first.claims,
      processesThatWorked,
      rowsBy: first.rowsBy,
      cron,
      kills,
      limits,
      resources: storedAtTheEnd,
      complete: storedAtTheEnd === resources,
      complaints: complaints.length,
      stoppedInOrder: endings.filter(({ code }) => code === 0).length,
      slowestStopSeconds: Math.max(...endings.map(({ seconds }) => seconds)),
      passes,
    }),
  );
  process.exitCode = passes ? 0 : 1;
} finally {
  for (const replica of replicas) signalAll(replica, "SIGKILL");
  await world.end();
}
process.exit();

/** All that it held was taken over within a lease and a tick, nobody who is left fell silent, and nothing was done twice. */
function isWithoutLoss({ held, takenOver, endedWithIt, secondsUntilTakenOver, ...kill }: Kill): boolean {
  const { webLeft, webAnswered, problems } = kill;
  const isTakenOver = takenOver > 0 && takenOver + endedWithIt === held && secondsUntilTakenOver <= 61;
  return isTakenOver && webAnswered === webLeft && problems.length === 0;
}

/** The warnings and errors that it logged. */
function complaintsOf({ name, said }: Replica): string[] {
  const lines = said().split("\n");
  return lines.filter((line) => /^\{"level":[456]0/.test(line)).map((line) => `${name} said ${line.slice(0, 500)}`);
}

/** The same cron call, five times at once on each web process, with everything due. */
async function cronDeliveredManyTimes() {
  const before = await claims();
  await requestSync(ctx, {});
  const statuses = await Promise.all(
    replicas
      .filter(({ isWeb }) => isWeb)
      .flatMap(({ origin }) => Array.from({ length: 5 }, () => `${origin}/api/cron/inventory`))
      .map(async (url) => (await fetch(url, { headers: { authorization: `Bearer ${CRON_SECRET}` } })).status),
  );
  await eventually("the cron's syncs end", () => isSettled(ctx), 240_000);
  const after = await claims();
  const answered200 = statuses.filter((status) => status === 200).length;
  return { calls: statuses.length, answered200, claimsPerCell: (after.claims - before.claims) / after.cells };
}

/** One of its own for each call. */
function anAddress(call: number): string {
  return `203.0.${113 + (call >> 8)}.${call & 255}`;
}

async function aStack(): Promise<string> {
  const { id } = await forTenant(ctx.tenantId, (tx) =>
    tx.resource.findFirstOrThrow({ where: { type: "AWS::CloudFormation::Stack", name: "network-foundation" } }),
  );
  return id;
}

async function resourcesAtAws(): Promise<number> {
  const truth = await world.ask<{ accounts: { account: string; total: number }[] }>("truth");
  const ours = truth.accounts.filter(({ account }) => accounts.includes(account));
  return ours.reduce((sum, { total }) => sum + total, 0);
}

function stored(): Promise<number> {
  return forTenant(ctx.tenantId, (tx) => tx.resource.count({ where: { goneAt: null } }));
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
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const told = await Promise.all(
    replicas.map(async ({ name, origin }) => {
      const text = await (await fetch(`${origin}/api/metrics`, { headers })).text();
      return [name, Number(/^cloudguard_job_rows_total{job="inventory"} (\d+)/m.exec(text)?.[1] ?? 0)] as const;
    }),
  );
  return Object.fromEntries(told);
}

async function stop({ child, ended }: Replica): Promise<{ code: number | null; seconds: number }> {
  const toldAt = performance.now();
  child.kill("SIGTERM");
  const code = await ended;
  return { code, seconds: Math.round((performance.now() - toldAt) / 100) / 10 };
}
