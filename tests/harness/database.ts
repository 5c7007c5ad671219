import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { disconnect } from "../../server/db/client";

/** Gives the test file a database of its own, cloned from the migrated one, and points the product at it. */
export function useDatabase(): void {
  const url = ownDatabase("template cloudguard");
  beforeAll(() => pointTheProductAt(url()));
  afterAll(disconnect);
}

/** Gives the test file a database of its own that has seen no migration; returns where it is, once the tests run. */
export function useEmptyDatabase(): () => string {
  return ownDatabase("");
}

function pointTheProductAt(url: string): void {
  process.env.DATABASE_URL = url;
}

function ownDatabase(made: string): () => string {
  const name = `test_${randomBytes(6).toString("hex")}`;
  beforeAll(() => asAdmin(`create database ${name} ${made} owner cloudguard`));
  afterAll(() => asAdmin(`drop database ${name} with (force)`));
  return () => {
    const url = new URL(inject("templateUrl"));
    url.pathname = `/${name}`;
    return url.href;
  };
}

async function asAdmin(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}
