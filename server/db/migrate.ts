import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { migrationNames } from "./pending-migrations";
import { prismaFolder } from "./prisma-folder";
import { noFilters, openSchemaEngine } from "./schema-engine";

/**
 * Applies the migrations of `prisma/migrations` that the database has not seen, in order, and returns their names.
 * Writes the `_prisma_migrations` table that Prisma's own CLI reads. Safe to run from several processes at once.
 */
export async function migrate(databaseUrl: string, folder = prismaFolder()): Promise<string[]> {
  return oneAtATime(databaseUrl, async () => {
    const engine = await openSchemaEngine(databaseUrl, datamodel(folder));
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: migrationsIn(folder),
        filters: noFilters,
      });
      return appliedMigrationNames;
    } finally {
      engine.free();
    }
  });
}

/** Any number that nobody else locks in this database. */
const LOCK = 418_830_733;
/** Longer than any migration takes: whoever waits longer waits for one that hangs. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Runs `work` while no other process migrates this database. The lock is a transaction's, beside those of `work`: it ends with this
 * process, and a pooler in transaction mode keeps its connection for us alone until then. Who waits holds none meanwhile.
 */
async function oneAtATime<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // One that is lost while nothing is asked of it is told of by the commit.
  client.on("error", () => {});
  await client.connect();
  try {
    for (const until = Date.now() + PATIENCE_MS; !(await isLocked(client)); await delay(500))
      if (Date.now() > until) throw new Error("Another process has been migrating this database for ten minutes.");
    const done = await work();
    await client.query("commit");
    return done;
  } finally {
    await client.end();
  }
}

/** Whether the transaction that it begins has the lock; it is over where it has not. */
async function isLocked(client: pg.Client): Promise<boolean> {
  await client.query("begin");
  await client.query("select set_config('idle_in_transaction_session_timeout', '0', true)");
  const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_xact_lock($1) as got", [LOCK]);
  if (!rows[0]!.got) await client.query("rollback");
  return rows[0]!.got;
}

/** The SQL that would bring the database at `databaseUrl` to `schema.prisma`; empty when they agree. */
export async function driftFromSchema(databaseUrl: string, folder = prismaFolder()): Promise<string> {
  const engine = await openSchemaEngine(databaseUrl, datamodel(folder));
  try {
    const { stdout } = await engine.diff({
      from: {
        tag: "schemaDatasource",
        files: [{ path: "schema.prisma", content: datamodel(folder) }],
        configDir: folder,
      },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: datamodel(folder) }] },
      script: true,
      exitCode: false,
      filters: noFilters,
    });
    return (stdout ?? "").replace("-- This is an empty migration.", "").trim();
  } finally {
    engine.free();
  }
}

function datamodel(folder: string): string {
  return readFileSync(join(folder, "schema.prisma"), "utf8");
}

function migrationsIn(folder: string) {
  const baseDir = join(folder, "migrations");
  const script = (name: string) => readFileSync(join(baseDir, name, "migration.sql"), "utf8");
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames(folder).map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: script(name) } },
    })),
  };
}
