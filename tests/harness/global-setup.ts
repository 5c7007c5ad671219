import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../demo/postgres";
import { removeData } from "../../demo/postgres-native";
import { migrate } from "../../server/db/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    adminUrl: string;
    templateUrl: string;
  }
}

/** One real PostgreSQL for the run, migrated once: each test file clones that database. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
  const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
  await migrate(postgres.url);
  // A clone's source must have no sessions.
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cloudguard'");
  await admin.end();
  project.provide("adminUrl", postgres.adminUrl);
  project.provide("templateUrl", postgres.url);
  return async () => {
    await postgres.stop();
    removeData(path.join(folder, "data"));
    rmSync(folder, { recursive: true, force: true });
  };
}
