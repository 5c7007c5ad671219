/** One look at a page as a person would first get it: nothing cached, a slow processor, a slow network. */
import { gzipSync } from "node:zlib";
import type { CDPSession, Page, Response } from "@playwright/test";

/** What the developer tools of Chrome call "Fast 3G". */
const fast3g = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
const CPU_SLOWDOWN = 4;
const QUIET_MS = 2_500;

export interface Visit {
  lcpMs: number;
  tbtMs: number;
  cls: number;
  /** Scripts that the document itself names, without Clerk's own, by address: their size by gzip. */
  firstScripts: Map<string, number>;
  /** Scripts that came afterwards, without anything being clicked. */
  laterScripts: Map<string, number>;
  /** Of recharts, in bytes by gzip, among all of these. */
  rechartsBytes: number;
  trpcCalls: string[];
  nodes: number;
  /** Of the largest chart. */
  chartNodes: number;
}

export async function slowDown(cdp: CDPSession): Promise<void> {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await cdp.send("Network.emulateNetworkConditions", fast3g);
}

export async function speedUp(cdp: CDPSession): Promise<void> {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await cdp.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}

/** Runs in the browser before anything of the page: keeps what the browser measures of itself. */
export function observe(): void {
  const seen = { lcp: 0, fcp: 0, cls: 0, long: [] as { at: number; ms: number }[], events: new Map<number, number>() };
  Object.assign(window, { seen });
  const on = (type: string, each: (entry: PerformanceEntry) => void, more: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  on("largest-contentful-paint", ({ startTime }) => (seen.lcp = startTime));
  on("paint", ({ name, startTime }) => name === "first-contentful-paint" && (seen.fcp = startTime));
  on("longtask", ({ startTime, duration }) => seen.long.push({ at: startTime, ms: duration }));
  on("layout-shift", (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!shift.hadRecentInput) seen.cls += shift.value;
  });
  on(
    "event",
    (entry) => {
      const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
      if (interactionId > 0) seen.events.set(interactionId, Math.max(seen.events.get(interactionId) ?? 0, duration));
    },
    { durationThreshold: 16 },
  );
}

interface Seen {
  lcp: number;
  fcp: number;
  cls: number;
  long: { at: number; ms: number }[];
  events: Map<number, number>;
}
type SeenWindow = Window & { seen: Seen };

/** Opens `path` with nothing cached, and waits until it has been quiet for a while. */
export async function visit(page: Page, cdp: CDPSession, path: string): Promise<Visit> {
  const responses: Response[] = [];
  const keep = (response: Response) => void responses.push(response);
  await page.goto("about:blank");
  await cdp.send("Network.clearBrowserCache");
  page.on("response", keep);
  const document = await page.goto(path, { waitUntil: "load", timeout: 120_000 });
  await page.waitForLoadState("networkidle", { timeout: 120_000 });
  await page.waitForTimeout(QUIET_MS);
  page.off("response", keep);
  if (document?.status() !== 200) throw new Error(`${path} answered ${document?.status()}`);
  const measured = await page.evaluate(() => {
    const { lcp, fcp, cls, long } = (window as unknown as SeenWindow).seen;
    const blocking = long.filter(({ at }) => at >= fcp).reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0);
    const charts = [...window.document.querySelectorAll(".recharts-wrapper")];
    return {
      lcpMs: Math.round(lcp),
      tbtMs: Math.round(blocking),
      cls: Number(cls.toFixed(4)),
      nodes: window.document.querySelectorAll("*").length,
      chartNodes: Math.max(0, ...charts.map((chart) => chart.querySelectorAll("*").length)),
    };
  });
  const html = await document.text();
  const firstScripts = new Map<string, number>();
  const laterScripts = new Map<string, number>();
  let rechartsBytes = 0;
  for (const response of responses) {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/_next/") || !pathname.endsWith(".js")) continue;
    const body = await response.body();
    const size = gzipSync(body).length;
    (html.includes(pathname) ? firstScripts : laterScripts).set(pathname, size);
    if (body.includes("recharts-wrapper")) rechartsBytes += size;
  }
  const trpcCalls = responses.flatMap((response) => {
    const { pathname } = new URL(response.url());
    return pathname.startsWith("/api/trpc/") ? [pathname.slice("/api/trpc/".length)] : [];
  });
  return { ...measured, firstScripts, laterScripts, rechartsBytes, trpcCalls };
}

/** The slowest answer to what was done since the page was opened, in milliseconds; the browser counts from 16. */
export function slowestInteraction(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...(window as unknown as SeenWindow).seen.events.values()));
}
