import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "./migrate";
import { migrationNames } from "./pending-migrations";

const database = `migrate_${randomBytes(6).toString("hex")}`;
let admin: pg.Client;
let url: string;

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`create database ${database} owner cloudguard`);
  const at = new URL(inject("templateUrl"));
  at.pathname = `/${database}`;
  url = at.href;
});
afterAll(async () => {
  await admin.query(`drop database ${database} with (force)`);
  await admin.end();
});

describe("the migrations", () => {
  it("are applied once each, however many ask at once, and not again", { timeout: 120_000 }, async () => {
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(migrationNames());
    expect(await migrate(url)).toEqual([]);
  });

  it("wait for no lock that another session holds, as one whose pooler keeps its connection does for ever", async () => {
    const pooled = new pg.Client({ connectionString: url });
    await pooled.connect();
    // Prisma's own, of a session: https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production
    await pooled.query("select pg_advisory_lock(72707369)");
    expect(await migrate(url)).toEqual([]);
    await pooled.end();
  });

  it("leave no lock behind", async () => {
    const { rows } = await admin.query(
      "select from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = $1",
      [database],
    );
    expect(rows).toEqual([]);
  });
});
