import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { eventually, startProcess, type RunningProcess } from "../../tests/harness/processes";
import { productionSettings } from "../../tests/harness/production-settings";
import { migrate } from "../db/migrate";

const database = `worker_${randomBytes(6).toString("hex")}`;
let admin: pg.Client;
let worker: RunningProcess;
let url: string;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`create database ${database} owner cloudguard`);
  const at = new URL(inject("templateUrl"));
  at.pathname = `/${database}`;
  url = at.href;
  worker = startProcess(["--import", "tsx", "server/jobs/worker-main.ts"], { env: productionSettings(url, 3000) });
});
afterAll(async () => {
  worker.child.kill("SIGKILL");
  await admin.query(`drop database ${database} with (force)`);
  await admin.end();
});

it("a worker works nothing before the migrations are through: a new one may be started before them", async () => {
  const { said, child, ended } = worker;
  await eventually("it waits", () => said().includes("the database has not seen these migrations"));
  await migrate(url);
  await eventually("it begins", () => said().includes("worker started"));
  child.kill("SIGTERM");
  expect([await ended, said()]).toEqual([0, expect.not.stringContaining("failed")]);
}, 180_000);
