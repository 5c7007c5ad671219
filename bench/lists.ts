/**
 * C4 to C7: what the resource list reads of a tenant with ROWS resources, in PostgreSQL's buffers, by the product's own procedures
 * and as PostgreSQL itself tells it of each statement (auto_explain). FUZZ sets how many filters and searches are made up; DATA names a
 * folder that keeps the database for the next time, as filling it takes a quarter of an hour.
 *
 * `firstPageBy` says where a page's buffers go. Its rows lie anywhere in their table, so each is a buffer: a page of 50, and the one after
 * it, cannot cost less than 51 and the index's depth. The rest are the cells that they were read in, which say as of when.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { seeded, type Random } from "../demo/aws/random";
import { startPostgres } from "../demo/postgres";
import { collectors } from "../server/aws/collectors/index";
import { disconnect, forTenant } from "../server/db/client";
import { migrate } from "../server/db/migrate";
import { rollUpAccounts } from "../server/resources/account-rollup-queries";
import { resourceListInput, sortKeys } from "../server/resources/filter";
import { listResources } from "../server/resources/lists";
import { facets } from "../server/resources/overview";
import { pageOf } from "../server/resources/queries";
import { fillResources } from "./lists/rows";
import { StatementLog } from "./lists/statement-log";
import { APP_URL, ctx } from "./worlds/started";

const ROWS = Number(process.env.ROWS ?? 1_000_000);
const FUZZ = Number(process.env.FUZZ ?? 1_000);
const MOST_BUFFERS = 5_000;

const folder = process.env.DATA ?? mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
const log = new StatementLog();
const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false, log: log.hear });
await migrate(postgres.url);
const database = postgres.adminUrl.replace(/[^/]*$/, "cloudguard");
Object.assign(process.env, { DATABASE_URL: postgres.url, APP_URL, LOG_LEVEL: process.env.LOG_LEVEL ?? "error" });
if ((await forTenant(ctx.tenantId, (tx) => tx.awsAccount.count())) === 0) {
  await fillResources(database, ctx.tenantId, ROWS);
  await forTenant(ctx.tenantId, async (tx) => {
    const accounts = await tx.awsAccount.findMany();
    await rollUpAccounts(
      tx,
      ctx.tenantId,
      accounts.map(({ id }) => id),
    );
  });
}
// A time is taken before PostgreSQL tells of each statement, which takes longer than some of them.
const ratio = await procedureAgainstStatement();
await disconnect();
await explainEverything(database);

const random = seeded(17);
await buffersOf(() => listResources(ctx, resourceListInput.parse({})));
const pages = await pagesByDepth();
const facetBuffers = await buffersOf(() => facets(ctx, {}));
const fuzz = await fuzzed();

console.log(
  JSON.stringify({
    rows: ROWS,
    pageBuffers: { first: pages.first, last: pages.last, most: pages.most },
    firstPageBy: pages.firstBy,
    p95LastToFirst: pages.p95Ratio,
    procedureToStatement: ratio,
    facetBuffers,
    fuzzed: FUZZ,
    over5000: fuzz.over.length,
    mostBuffers: fuzz.most,
    medianBuffers: fuzz.median,
    timedOut: fuzz.failed,
    worst: fuzz.over.slice(0, 8),
  }),
);
await disconnect();
await postgres.stop();
if (!process.env.DATA) rmSync(folder, { recursive: true, force: true });
process.exit(0);

/** Every statement of a new session tells what it read, as JSON in the server's log. */
async function explainEverything(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const settings = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
  };
  for (const [name, value] of Object.entries(settings))
    await admin.query(`alter database cloudguard set ${name} = '${value}'`);
  await admin.end();
}

/** What the statements of `work` read. */
async function buffersOf(work: () => Promise<unknown>): Promise<number> {
  await log.settled();
  const before = log.buffers;
  await work();
  await log.settled();
  return log.buffers - before;
}

/** The list's own statement, at the first page and far down, by name. */
async function pagesByDepth() {
  const cursors = [null, "prod", "shared-web", "staging-web-worker-9"].map((value) =>
    value === null ? null : { sort: "name" as const, direction: "asc" as const, value, id: "" },
  );
  const buffers: number[] = [];
  const times: number[][] = [];
  let firstBy = {};
  for (const cursor of cursors) {
    const page = () =>
      forTenant(ctx.tenantId, (tx) =>
        pageOf(tx, { presence: "live" }, { sort: "name", direction: "asc", limit: 51, cursor }),
      );
    await page();
    log.byScan = {};
    buffers.push(await buffersOf(page));
    if (!cursor) firstBy = { ...log.byScan };
    const of: number[] = [];
    for (let turn = 0; turn < 40; turn++) of.push(await milliseconds(page));
    times.push(of);
  }
  const p95 = (of: number[]) => [...of].sort((a, b) => a - b)[Math.floor(of.length * 0.95)]!;
  return {
    first: buffers[0]!,
    firstBy,
    last: buffers.at(-1)!,
    most: Math.max(...buffers),
    p95Ratio: Math.round((p95(times.at(-1)!) / p95(times[0]!)) * 100) / 100,
  };
}

/** In turns, eleven pairs: the whole procedure against its page's statement alone, each in a transaction of the tenant. */
async function procedureAgainstStatement(): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 0; pair < 11; pair++) {
    const whole = await milliseconds(() => listResources(ctx, resourceListInput.parse({})));
    const bare = await milliseconds(() =>
      forTenant(ctx.tenantId, (tx) =>
        pageOf(tx, { presence: "live" }, { sort: "name", direction: "asc", limit: 51, cursor: null }),
      ),
    );
    ratios.push(whole / bare);
  }
  return Math.round(ratios.sort((a, b) => a - b)[5]! * 100) / 100;
}

async function fuzzed() {
  const all: { buffers: number; filter: object }[] = [];
  let failed = 0;
  for (let turn = 0; turn < FUZZ; turn++) {
    const input = resourceListInput.parse(madeUp(random));
    try {
      all.push({
        buffers: await buffersOf(() => listResources(ctx, input)),
        filter: { ...input.filter, sort: input.sort },
      });
    } catch (error) {
      failed++;
      console.error(input, error);
    }
  }
  all.sort((a, b) => b.buffers - a.buffers);
  return {
    over: all.filter(({ buffers }) => buffers > MOST_BUFFERS),
    most: all[0]!.buffers,
    median: all[Math.floor(all.length / 2)]!.buffers,
    failed,
  };
}

/** What people and programs ask: some of the filters at once, a search of any length, any order. */
function madeUp({ chance, pick, hex, int }: Random): object {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789-./_%";
  const word = (length: number) => Array.from({ length }, () => pick([...letters])).join("");
  const search = () =>
    pick([
      word(1),
      word(2),
      word(3),
      word(int(4, 12)),
      `i-${hex(5)}`,
      hex(4),
      `web-api-${int(1, 999)}`,
      "prod",
      "db",
      ":",
    ]);
  return {
    filter: {
      ...(chance(0.6) && { search: search() }),
      ...(chance(0.3) && { types: [pick(collectors).type] }),
      ...(chance(0.3) && { regions: [pick(["us-east-1", "eu-west-1", "mars-1"])] }),
      ...(chance(0.2) && { states: [pick(["available", "pending", "nothing"])] }),
      ...(chance(0.2) && { tags: [pick(["Team", "Team=web", `CostCenter=cc-${int(0, 420)}`, "None"])] }),
      presence: pick(["live", "live", "gone", "all"] as const),
    },
    sort: pick(sortKeys),
    direction: pick(["asc", "desc"] as const),
  };
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
