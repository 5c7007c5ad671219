import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg, { type DatabaseError } from "pg";
import { migrationNames } from "./pending-migrations";
import { prismaFolder } from "./prisma-folder";
import { noFilters, openSchemaEngine } from "./schema-engine";

/**
 * Applies the migrations of `prisma/migrations` that the database has not seen, in order, and returns their names.
 * Writes the `_prisma_migrations` table that Prisma's own CLI reads. Safe to run from several processes at once, and again after
 * one that was killed. Throws a sentence with PostgreSQL's reason where it refuses one.
 */
export async function migrate(databaseUrl: string, folder = prismaFolder()): Promise<string[]> {
  return oneAtATime(databaseUrl, async (client) => {
    const before = new Set(await recorded(client, "finished_at is not null"));
    await applyAll(client, databaseUrl, folder, 10);
    return migrationNames(folder).filter((name) => !before.has(name));
  });
}

async function applyAll(client: pg.Client, databaseUrl: string, folder: string, tries: number): Promise<void> {
  let refused: DatabaseError | undefined;
  const engine = await openSchemaEngine(databaseUrl, datamodel(folder), (error) => (refused = error));
  try {
    // Each is one transaction: one that was not seen through, as its process ended or PostgreSQL refused it, left nothing.
    for (const migrationName of await recorded(client, BEGUN_ONLY))
      await engine.markMigrationRolledBack({ migrationName });
    await engine.applyMigrations({ migrationsList: migrationsIn(folder), filters: noFilters });
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_EMPTY)
      throw new Error("The database holds tables of something else. Give CloudGuard a database of its own.", {
        cause: error,
      });
    if (!refused) throw error;
    // The application works meanwhile, and the two may lock each other out.
    if (refused.code !== DEADLOCK_DETECTED || tries === 1) throw await whyRefused(client, refused);
    await applyAll(client, databaseUrl, folder, tries - 1);
  } finally {
    engine.free();
  }
}

/** The migrations that the database has a record of in this state, by name. */
async function recorded(client: pg.Client, state: "finished_at is not null" | typeof BEGUN_ONLY): Promise<string[]> {
  const { rowCount } = await client.query(
    "select from pg_tables where schemaname = 'public' and tablename = '_prisma_migrations'",
  );
  if (!rowCount) return [];
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from _prisma_migrations where ${state}`,
  );
  return rows.map(({ name }) => name);
}

const BEGUN_ONLY = "finished_at is null and rolled_back_at is null";

async function whyRefused(client: pg.Client, refusal: DatabaseError): Promise<Error> {
  const { message, detail, code } = refusal;
  const [name] = await recorded(client, BEGUN_ONLY);
  const what = name ? `The migration ${name} failed` : "The migrations could not be applied";
  const why = detail ? `${message} (${detail})` : message;
  const advice =
    code === INSUFFICIENT_PRIVILEGE ? " CloudGuard's login must own its database and have CREATEROLE." : "";
  return new Error(`${what}: ${why}.${advice}`, { cause: refusal });
}

/** https://www.prisma.io/docs/orm/reference/error-reference#p3005 */
const NOT_EMPTY = "P3005";
/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = "42501";
const DEADLOCK_DETECTED = "40P01";

/** Any number that nobody else locks in this database. */
const LOCK = 418_830_733;
/** Longer than any migration takes: whoever waits longer waits for one that hangs. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Runs `work` while no other process migrates this database. The lock is a transaction's, beside those of `work`: it ends with this
 * process, and a pooler in transaction mode keeps its connection for us alone until then. Who waits holds none meanwhile.
 */
async function oneAtATime<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // One that is lost while nothing is asked of it is told of by the commit.
  client.on("error", () => {});
  await client.connect();
  try {
    for (const until = Date.now() + PATIENCE_MS; !(await isLocked(client)); await delay(500))
      if (Date.now() > until) throw new Error("Another process has been migrating this database for ten minutes.");
    const done = await work(client);
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
