import { afterAll, beforeAll, expect, it } from "vitest";
import { useEmptyDatabase } from "../../tests/harness/database";
import { eventually, startProcess, type RunningProcess } from "../../tests/harness/processes";
import { productionSettings } from "../../tests/harness/production-settings";
import { migrate } from "../db/migrate";

const at = useEmptyDatabase();
let worker: RunningProcess;

beforeAll(() => {
  worker = startProcess(["--import", "tsx", "server/jobs/worker-main.ts"], { env: productionSettings(at(), 3000) });
});
afterAll(() => {
  worker.child.kill("SIGKILL");
});

it("a worker works nothing before the migrations are through: a new one may be started before them", async () => {
  const { said, child, ended } = worker;
  await eventually("it waits", () => said().includes("the database has not seen these migrations"));
  await migrate(at());
  await eventually("it begins", () => said().includes("worker started"));
  child.kill("SIGTERM");
  expect([await ended, said()]).toEqual([0, expect.not.stringContaining("failed")]);
}, 180_000);
