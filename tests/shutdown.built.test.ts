import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../demo/free-port";
import { claimScanCells, releaseScanCells } from "../server/db/claim";
import { asSystem } from "../server/db/client";
import { useSimulatedAws } from "./harness/aws";
import { useDatabase } from "./harness/database";
import { answering, eventually, startProcess, type RunningProcess } from "./harness/processes";
import { productionSettings } from "./harness/production-settings";
import { connect, person } from "./harness/tenants";

useDatabase();
// Each call takes so long that a process is told to stop in the middle of its work.
const aws = useSimulatedAws({ latencyMs: 400 });

const started: RunningProcess[] = [];
afterEach(() => void started.splice(0).forEach(({ child }) => child.kill("SIGKILL")));

/** `npm start` or `npm run worker`, as an operator has them. */
async function start(script: "start" | "worker", more: Record<string, string> = {}) {
  const port = await freePort();
  const env = {
    ...productionSettings(process.env.DATABASE_URL!, port),
    AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL!,
    AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID!,
    AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY!,
    ...(script === "start"
      ? { PORT: String(port), HOST: "localhost" }
      : { WORKER_PORT: String(port), HOST: "localhost" }),
    ...more,
  };
  const process_ = startProcess([`scripts/${script}.mjs`], { env });
  started.push(process_);
  await answering(`http://localhost:${port}/api/health/ready`, process_);
  return { ...process_, origin: `http://localhost:${port}` };
}

interface Held {
  running: number;
  held: number;
  due: number;
}
async function cells(): Promise<Held> {
  const [row] = await asSystem(
    (tx) => tx.$queryRaw<Held[]>`
      select (count(*) filter (where "state" = 'RUNNING'))::int as running, (count(*) filter (where "leaseUntil" > now()))::int as held,
        (count(*) filter (where "dueAt" <= now() and "leaseUntil" is null))::int as due from "ScanCell"`,
  );
  return row!;
}

describe("a process that is told to stop", () => {
  it.each(["worker", "start"] as const)("hands back what it holds within ten seconds: npm run %s", async (script) => {
    const ctx = person(`user_${randomUUID()}`);
    await connect(ctx, aws, "123456789012");
    const { child, ended, said } = await start(script);
    await eventually("scans are running", async () => (await cells()).running > 20);
    const toldAt = performance.now();
    child.kill("SIGTERM");
    const code = await ended;
    expect([code, (performance.now() - toldAt) / 1000 < 10]).toEqual([0, true]);
    expect(said()).toContain('"msg":"stopped"');
    const left = await cells();
    expect(left).toMatchObject({ running: 0, held: 0 });
    expect(left.due).toBeGreaterThan(0);
    // Nobody waits for a lease: the next worker gets at once all that was handed back.
    const claimed = await claimScanCells(1_000);
    await releaseScanCells(claimed);
    expect(claimed.length).toBe(left.due);
  });

  it("answers the request that is open, and takes no other", async () => {
    const { child, ended, origin, said } = await start("start", { WORKER: "off" });
    const call = request(`${origin}/api/trpc/accounts.list`, {
      method: "POST",
      // The server says when it has the request; the body comes after the process was told to stop.
      headers: { "Content-Type": "application/json", Expect: "100-continue" },
    });
    const status = new Promise<number>((done, failed) => {
      call.once("response", (response) => done(response.resume().statusCode ?? 0));
      call.once("error", failed);
    });
    await new Promise<void>((opened) => {
      call.once("continue", opened);
      call.flushHeaders();
    });
    child.kill("SIGTERM");
    await eventually("the process says that it stops", () => said().includes('"msg":"stopping"'));
    await expect(fetch(origin)).rejects.toThrow();
    call.end("{}");
    expect(await status).toBeGreaterThanOrEqual(400); // POST to a query: an answer, whatever it says
    expect(await ended).toBe(0);
  });
});
