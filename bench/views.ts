/**
 * A8: looking at costs asks AWS nothing. A hundred people who look at once before anything was read, and ask for a refresh, cause
 * one refresh, the payer's: its members are due before it, and each is asked who it is; a thousand views after it cause no request at all. Counted by the simulated AWS
 * itself, on the demo of the production build. VIEWS and FIRST_VIEWERS set how many.
 */
import { ORGANIZATIONS } from "../demo/clerk/identities";
import type { CostTruth } from "../demo/aws/cost-truth";
import { newRequestId, type RoomContext } from "../server/context";
import { costFreshness } from "../server/cost/refresh-service";
import { disconnect, type TenantId } from "../server/db/client";
import startWorld, { clerkSecretKey, demoAddresses, demoSecrets } from "../e2e/world";
import { eventually } from "../tests/harness/processes";
import { inLedger, neverRead, wrongFigure } from "./worlds/costs";

const views = Number(process.env.VIEWS ?? 1_000);
const firstViewers = Number(process.env.FIRST_VIEWERS ?? 100);
const AT_ONCE = 8;
const PAYER = "100000000001";

// The clock is ours: no refresh is worked but when cron calls. How often one person may look is measured elsewhere.
Object.assign(process.env, { WORKER: "off", RATE_LIMIT_REQUESTS_PER_MINUTE: "100000", LOG_LEVEL: "fatal" });
const endDemo = await startWorld();
const { app, aws, clerk, databaseUrl } = demoAddresses();
process.env.DATABASE_URL = databaseUrl;
const ctx: RoomContext = {
  tenantId: "user_demo" as TenantId,
  clerkUserId: "user_demo",
  requestId: newRequestId(),
  email: () => Promise.resolve(null),
};
const token = await sessionToken();
// The demo's teams are connected last and read by the clock: what they owe is nobody's viewing.
for (const { id } of ORGANIZATIONS) await readAll({ ...ctx, tenantId: id as TenantId });
const { accounts } = await costFreshness(ctx, {});
const payerLast = accounts.sort((a, b) => Number(a.awsAccountId === PAYER) - Number(b.awsAccountId === PAYER));
await neverRead(
  ctx.tenantId,
  payerLast.map(({ accountId }) => accountId),
);

const before = await asked();
const forecastsBefore = await asked("GetCostForecast");
const notedBefore = (await inLedger(ctx.tenantId)).requests;
const cold = await all(firstViewers, firstViewers, (at) => (at % 2 === 0 ? view("/cost") : view("/overview")));
const wishes = await all(firstViewers, firstViewers, refresh);
const byFirstViewers = (await asked()) - before;

// Delivered five times at once, as a clock may, and again until the figures are there.
await readAll(ctx);
const byRefresh = (await asked()) - before;
// Each refresh asks for one forecast.
const refreshes = (await asked("GetCostForecast")) - forecastsBefore;
const noted = (await inLedger(ctx.tenantId)).requests - notedBefore;
const wrong = await wrongFigure(ctx, (await (await fetch(`${aws}/_sim/costs`)).json()) as CostTruth);

const places = [
  "/cost",
  "/overview",
  "/cost?range=lastMonth&by=month",
  "/cost?range=year",
  "/api/cost/summary?days=30",
  "/api/cost/trends?days=30",
  "/cost/export?days=7",
];
const looking = performance.now();
const warm = await all(views, AT_ONCE, (at) => {
  if (at % 100 === 0) console.log(`${at} of ${views} views, ${((performance.now() - looking) / 1000).toFixed(0)} s`);
  return view(places[at % places.length]!);
});
await all(5, 5, cron);
const byViews = (await asked()) - before - byRefresh;

await disconnect();
await endDemo();
const isServed = (status: number) => status === 200;
const passes =
  cold.every(isServed) &&
  warm.every(isServed) &&
  wishes.every((status) => status === 200 || status === 429) &&
  byFirstViewers === 0 &&
  byViews === 0 &&
  refreshes === 1 &&
  byRefresh === noted &&
  wrong === null;
console.log(
  JSON.stringify({
    bench: "views",
    ...{ firstViewers, views, byFirstViewers, refreshes, byRefresh, noted, byViews, wrong },
    statuses: { cold: counted(cold), wishes: counted(wishes), warm: counted(warm) },
    passes,
  }),
);
process.exit(passes ? 0 : 1);

async function readAll(of: RoomContext): Promise<void> {
  await eventually("the costs are read", async () => {
    await all(5, 5, cron);
    return (await costFreshness(of, {})).accounts.every(({ state }) => state === "fresh" || state === "covered");
  });
}

async function view(path: string): Promise<number> {
  const answer = await fetch(app + path, { headers: { authorization: `Bearer ${token}` }, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}

async function refresh(): Promise<number> {
  const answer = await fetch(`${app}/api/trpc/cost.refresh`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", origin: app },
    body: JSON.stringify({ json: {} }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function cron(): Promise<void> {
  const answer = await fetch(`${app}/api/cron/cost`, {
    headers: { authorization: `Bearer ${demoSecrets().cronSecret}` },
  });
  if (!answer.ok) throw new Error(`The cron route answered ${answer.status}: ${await answer.text()}`);
}

/** How many requests Cost Explorer got, refused ones counted; of one operation where it is named. */
async function asked(named?: string): Promise<number> {
  const calls = (await (await fetch(`${aws}/_sim/calls`)).json()) as {
    service: string;
    operation: string;
    count: number;
  }[];
  return calls
    .filter(({ service, operation }) => service === "ce" && (!named || operation === named))
    .reduce((sum, { count }) => sum + count, 0);
}

async function sessionToken(): Promise<string> {
  const call = async (route: string, body: object) => {
    const answer = await fetch(`${clerk}/v1/${route}`, {
      method: "POST",
      headers: { authorization: `Bearer ${clerkSecretKey()}`, "content-type": "application/json", origin: app },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { id: string; jwt: string };
  };
  const { id } = await call("sessions", { user_id: ctx.clerkUserId });
  return (await call(`sessions/${id}/tokens`, { expires_in_seconds: 3600 })).jwt;
}

/** Does it `count` times, `atOnce` at a time. */
async function all<T>(count: number, atOnce: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < count; at = next++) results[at] = await work(at);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function counted(statuses: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
