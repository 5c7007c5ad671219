/**
 * Pages of the production build in a real browser (goals E1–E5): what a first load paints and costs on a slow processor and a
 * slow network, what it asks the server for, and how little of it grows with the inventory.
 * RESOURCES=100000 for another size than a million.
 */
import { chromium, type Page } from "@playwright/test";
import { demoAddresses, signIn } from "../e2e/world";
import { findBrowser } from "../scripts/find-browser.mjs";
import { act } from "./pages/act";
import { observe, slowDown, slowestInteraction, speedUp, visit, type Visit } from "./pages/visit";
import { growSecondTenant, METRICS_TOKEN, startWorld, type Places } from "./pages/world";

const RESOURCES = Number(process.env.RESOURCES ?? 1_000_000);
const LOADS = Number(process.env.LOADS ?? 3);
const PAIRS = Number(process.env.PAIRS ?? 7);
const say = (text: string) => console.log(text);

const pathsOf = ({ account, resource, stack }: Places): Record<string, string> => ({
  overview: "/overview",
  accounts: "/accounts",
  wizard: "/accounts/new",
  account: `/accounts/${account}`,
  resources: "/resources",
  search: "/resources?q=prod&sort=lastChangedAt&dir=desc",
  resource: `/resources/${resource}`,
  drift: "/drift",
  stack: `/drift/${stack}`,
  cost: "/cost",
  audit: "/audit",
});
const withCharts = new Set(["overview", "cost"]);

const stop = await startWorld();
const world = await growSecondTenant(RESOURCES);
say(`${world.rows} resources beside the demo's own.`);
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu"],
});
const small = await signedIn("user_demo");
const large = await signedIn("user_viewer");
const paths = { small: pathsOf(world.small), large: pathsOf(world.large) };
const names = Object.keys(paths.large);

const times: Record<string, Growth> = {};
for (const name of names) {
  times[name] = await growth(paths.small[name]!, paths.large[name]!);
  say(`${name.padEnd(10)} ${JSON.stringify(times[name])}`);
}
const repeated: Record<string, string[]> = {};
for (const name of names) {
  const twice = await askedTwice(paths.small[name]!);
  if (twice.length > 0) repeated[name] = twice;
}

const cdp = await large.context().newCDPSession(large);
await cdp.send("Network.enable");
// What tsx puts around functions with a name, which a browser does not know.
await large.addInitScript("globalThis.__name = (named) => named");
await large.addInitScript(observe);
const visits: Record<string, Visit[]> = {};
for (const name of names) {
  await slowDown(cdp);
  const seen: Visit[] = [];
  for (let load = 0; load < LOADS; load++) seen.push(await visit(large, cdp, paths.large[name]!));
  await speedUp(cdp);
  visits[name] = seen;
  say(`${name.padEnd(10)} ${JSON.stringify(figures(seen))}`);
}
await large.goto("/resources");
await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
const actions = await act(large);
const inpMs = await slowestInteraction(large);
await browser.close();
await stop();

// What every signed-in page loads is what an empty one would: the framework, the providers and the shell.
const shared = names.map((name) => visits[name]![0]!.firstScripts).reduce(common);
const kb = (bytes: number) => Number((bytes / 1024).toFixed(1));
const pages = Object.fromEntries(
  names.map((name) => {
    const { firstScripts, laterScripts, rechartsBytes, trpcCalls } = visits[name]![0]!;
    const firstKb = kb(sum(firstScripts));
    const over = {
      firstLoadKb: firstKb,
      aboveEmptyKb: kb(sum(firstScripts) - sum(shared)),
      laterKb: kb(sum(laterScripts)),
      rechartsKb: withCharts.has(name) ? null : kb(rechartsBytes),
      trpcCalls: trpcCalls.length,
      ...figures(visits[name]!),
      ...times[name]!,
    };
    return [name, over];
  }),
);
const worst = (
  key: "lcpMs" | "tbtMs" | "cls" | "firstLoadKb" | "aboveEmptyKb" | "nodes" | "chartNodes" | "timeRatio",
) => Math.max(...names.map((name) => pages[name]![key]));
const goals = {
  E1: worst("lcpMs") <= 2_500 && worst("tbtMs") <= 200 && worst("cls") <= 0.05 && inpMs <= 200,
  E2: worst("firstLoadKb") <= 250 && worst("aboveEmptyKb") <= 45 && names.every((name) => !pages[name]!.rechartsKb),
  E3: names.every((name) => pages[name]!.trpcCalls === 0) && Object.keys(repeated).length === 0,
  E4: worst("nodes") <= 1_400 && worst("chartNodes") <= 800,
  E5: names.every((name) => pages[name]!.timeRatio <= 1.5 && pages[name]!.bytesRatio <= 1.1),
};
console.log(
  JSON.stringify({
    resources: world.rows,
    emptyKb: kb(sum(shared)),
    inpMs,
    actions,
    askedTwice: repeated,
    pages,
    goals,
  }),
);
process.exit(0);

async function signedIn(userId: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: demoAddresses().app, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, userId);
  return page;
}

interface Growth {
  smallMs: number;
  largeMs: number;
  /** The median of the pairs' own ratios, with the least and the most. */
  timeRatio: number;
  timeRatioRange: [number, number];
  bytesRatio: number;
}

/** The server's time and bytes for the same page of both tenants, asked in turn. */
async function growth(smallPath: string, largePath: string): Promise<Growth> {
  const pairs: { small: Answer; large: Answer }[] = [];
  // The first of each warms up, and does not count.
  for (let pair = 0; pair <= PAIRS; pair++)
    pairs.push({ small: await answer(small, smallPath), large: await answer(large, largePath) });
  pairs.shift();
  const ratios = pairs.map((pair) => pair.large.ms / pair.small.ms).sort((a, b) => a - b);
  const round = (value: number) => Number(value.toFixed(2));
  return {
    smallMs: Math.round(median(pairs.map((pair) => pair.small.ms))),
    largeMs: Math.round(median(pairs.map((pair) => pair.large.ms))),
    timeRatio: round(median(ratios)),
    timeRatioRange: [round(ratios[0]!), round(ratios.at(-1)!)],
    bytesRatio: round(median(pairs.map((pair) => pair.large.bytes)) / median(pairs.map((pair) => pair.small.bytes))),
  };
}

interface Answer {
  ms: number;
  bytes: number;
}

async function answer(page: Page, path: string): Promise<Answer> {
  const startedAt = performance.now();
  const response = await page.request.get(path, { maxRedirects: 0 });
  const body = await response.body();
  const ms = performance.now() - startedAt;
  if (response.status() !== 200) throw new Error(`${path} answered ${response.status()}`);
  return { ms, bytes: body.length };
}

/** The procedures that one load of the page calls more than once, by the server's own counters. */
async function askedTwice(path: string): Promise<string[]> {
  const before = await procedureCalls();
  await answer(small, path);
  const after = await procedureCalls();
  return [...after].flatMap(([name, count]) => (count - (before.get(name) ?? 0) > 1 ? [name] : []));
}

async function procedureCalls(): Promise<Map<string, number>> {
  const response = await fetch(`${demoAddresses().app}/api/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  if (!response.ok) throw new Error(`The metrics answered ${response.status}`);
  const counts = new Map<string, number>();
  const line = /^cloudguard_procedure_duration_seconds_count\{.*procedure="([^"]+)".*\} (\d+)$/gm;
  for (const [, name = "", count] of (await response.text()).matchAll(line))
    counts.set(name, (counts.get(name) ?? 0) + Number(count));
  return counts;
}

/** The median load. */
function figures(seen: Visit[]) {
  const of = (key: "lcpMs" | "tbtMs" | "cls" | "nodes" | "chartNodes") => median(seen.map((load) => load[key]));
  return { lcpMs: of("lcpMs"), tbtMs: of("tbtMs"), cls: of("cls"), nodes: of("nodes"), chartNodes: of("chartNodes") };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sum(scripts: Map<string, number>): number {
  return [...scripts.values()].reduce((total, size) => total + size, 0);
}

function common(a: Map<string, number>, b: Map<string, number>): Map<string, number> {
  return new Map([...a].filter(([name]) => b.has(name)));
}
