import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { disconnect } from "../../server/db/client";

/** Gives the test file a database of its own, cloned from the migrated one, and points the product at it. */
export function useDatabase(): void {
  const name = `test_${randomBytes(6).toString("hex")}`;
  beforeAll(async () => {
    await asAdmin(`create database ${name} template cloudguard owner cloudguard`);
    const url = new URL(inject("templateUrl"));
    url.pathname = `/${name}`;
    process.env.DATABASE_URL = url.href;
  });
  afterAll(async () => {
    await disconnect();
    await asAdmin(`drop database ${name} with (force)`);
  });
}

async function asAdmin(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}
