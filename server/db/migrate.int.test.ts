import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { useEmptyDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { migrate } from "./migrate";
import { migrationNames } from "./pending-migrations";
import { prismaFolder } from "./prisma-folder";

const [at, fresh, other] = [useEmptyDatabase(), useEmptyDatabase(), useEmptyDatabase()];

describe("the migrations", () => {
  it("are applied once each, however many ask at once, and not again", { timeout: 120_000 }, async () => {
    const applied = await Promise.all([migrate(at()), migrate(at()), migrate(at())]);
    expect(applied.flat()).toEqual(migrationNames());
    expect(await migrate(at())).toEqual([]);
  });

  it("wait for no lock that another session holds, as one whose pooler keeps its connection does for ever", async () => {
    const pooled = new pg.Client({ connectionString: at() });
    await pooled.connect();
    // Prisma's own, of a session: https://www.prisma.io/docs/orm/prisma-migrate/workflows/development-and-production
    await pooled.query("select pg_advisory_lock(72707369)");
    expect(await migrate(at())).toEqual([]);
    await pooled.end();
  });

  it("go on where a process ended within one of them", async () => {
    const folder = withMigration("create table interrupted ()");
    await onDatabase(
      at(),
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
      values ('interrupted', '', '${MORE}', now(), 0)`,
    );
    expect(await migrate(at(), folder)).toEqual([MORE]);
    expect(await migrate(at(), folder)).toEqual([]);
    await onDatabase(at(), `drop table interrupted; delete from _prisma_migrations where migration_name = '${MORE}'`);
  });

  it("that fail say which and why in PostgreSQL's words, and are tried again", async () => {
    const failing = withMigration("create table half (); create role anybody superuser", FIRST);
    const why = `The migration ${FIRST} failed: permission denied to create role (`;
    await expect(migrate(fresh(), failing)).rejects.toThrow(why);
    await expect(migrate(fresh(), failing)).rejects.toThrow(why);
    expect(await migrate(fresh(), withMigration("create table half ()", FIRST))).toContain(FIRST);
  });

  it("are tried again where PostgreSQL ends one that a working application locks out", async () => {
    await onDatabase(at(), "create table one (); create table two ()");
    const working = new pg.Client({ connectionString: at() });
    await working.connect();
    await working.query("begin; lock table one");
    const migrating = migrate(at(), withMigration("lock table two; lock table one; create table three ()"));
    await eventually("the migration waits for the application", async () => {
      const { rows } = await working.query(
        "select from pg_locks where not granted and relation = 'one'::regclass and database = (select oid from pg_database where datname = current_database())",
      );
      return rows.length > 0;
    });
    // Now each waits for the other: PostgreSQL ends the one that finds it out, which is the migration as it waits for longer.
    await working.query("lock table two; commit");
    expect(await migrating).toEqual([MORE]);
    await working.end();
  });

  it("are not mixed with the tables of something else", async () => {
    await onDatabase(other(), "create table orders ()");
    await expect(migrate(other())).rejects.toThrow("Give CloudGuard a database of its own.");
  });

  it("leave no lock behind", async () => {
    const client = new pg.Client({ connectionString: at() });
    await client.connect();
    const { rows } = await client.query(
      "select from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()",
    );
    await client.end();
    expect(rows).toEqual([]);
  });
});

const FIRST = "20000101000000_first";
const MORE = "99990101000000_more";
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** The project's migrations and one more. */
function withMigration(sql: string, name = MORE): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-test-"));
  folders.push(folder);
  cpSync(prismaFolder(), folder, { recursive: true });
  mkdirSync(path.join(folder, "migrations", name));
  writeFileSync(path.join(folder, "migrations", name, "migration.sql"), sql);
  return folder;
}

async function onDatabase(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
}
