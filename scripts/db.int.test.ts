import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import pg from "pg";
import { expect, it } from "vitest";
import { useDatabase } from "../tests/harness/database";
import { eventually } from "../tests/harness/processes";

useDatabase();

it("resets a database that an application is reading in, though they lock each other out", async () => {
  const [reader, watcher] = [connection(), connection()];
  for (const client of [reader, watcher]) await client.connect();
  await reader.query(`begin; select 1 from "AwsAccount" limit 1`);
  const reset = spawn(process.execPath, ["scripts/db.mjs", "reset"], { env: process.env });
  const said = Promise.all([text(reset.stdout), text(reset.stderr), once(reset, "close")]);
  await eventually("the reset waits for the reader", async () => {
    const { rows } = await watcher.query(`select 1 from pg_locks where not granted and locktype = 'relation'
      and database = (select oid from pg_database where datname = current_database())`);
    return rows.length > 0;
  });
  // The reader now waits for what the reset has locked already: PostgreSQL ends one of the two.
  const { rows } = await watcher.query<{ name: string }>(`select distinct relation::regclass::text as name from pg_locks
    where granted and mode = 'AccessExclusiveLock' and relation::regclass::text like '"%'`);
  await reader.query(`select 1 from ${rows[0]!.name} limit 1; commit`).catch(() => reader.query("rollback"));
  const [, complaints, [status]] = await said;
  const { rows: tables } = await watcher.query(`select to_regclass('"AwsAccount"') as name`);
  for (const client of [reader, watcher]) await client.end();
  expect(status, complaints).toBe(0);
  expect(tables).toEqual([{ name: '"AwsAccount"' }]);
}, 120_000);

const connection = () => new pg.Client({ connectionString: process.env.DATABASE_URL });
