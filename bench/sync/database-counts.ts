/** What PostgreSQL itself counts of its work, asked as its superuser. */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { disconnect } from "../../server/db/client";

export interface DatabaseCounts {
  /** How long it has worked on statements so far, in seconds. */
  activeSeconds: number;
  /** Where its log stands: an LSN. */
  wal: string;
}

/**
 * Counts on the product's database at `adminUrl`. Each count closes this process's connections, as what they did is counted in full
 * only with their end.
 */
export function databaseCounts(adminUrl: string) {
  async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
    const admin = new pg.Client({ connectionString: adminUrl.replace(/[^/]*$/, "cloudguard") });
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.end();
    }
  }

  return {
    now: async (): Promise<DatabaseCounts> => {
      await disconnect();
      return asAdmin(async (admin) => {
        while ((await othersConnected(admin)) > 0) await delay(20);
        const { rows } = await admin.query<DatabaseCounts>(
          `select active_time / 1000 as "activeSeconds", pg_current_wal_lsn()::text as wal
           from pg_stat_database where datname = current_database()`,
        );
        return rows[0]!;
      });
    },
    /** Does what a database does some time after a load, and what whatever comes next would be blamed for: it empties the lists of entries that its indexes put off. */
    settle: () => asAdmin((admin) => admin.query("vacuum analyze")),
    /** How many bytes were logged from `from` to `to`, and of what. */
    walBetween: (from: string, to: string) =>
      asAdmin(async (admin) => {
        await admin.query("create extension if not exists pg_walinspect");
        const { rows } = await admin.query<{ name: string; bytes: number }>(BYTES_BY_TABLE, [from, to]);
        const total = await admin.query<{ bytes: number }>("select pg_wal_lsn_diff($2, $1)::int as bytes", [from, to]);
        const byTable = Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
        return { bytes: total.rows[0]!.bytes, byTable };
      }),
  };
}

/** Of tables of the product, each with its indexes. Source: https://www.postgresql.org/docs/current/pgwalinspect.html */
const BYTES_BY_TABLE = `
  select coalesce(t.relname, c.relname) as name, sum(w.record_length)::int as bytes
  from (select distinct on (start_lsn) relfilenode, record_length from pg_get_wal_block_info($1, $2, false)) w
    join pg_class c on c.relfilenode = w.relfilenode and c.relnamespace = 'public'::regnamespace
    left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
  group by 1 order by 2 desc`;

async function othersConnected(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  return rows[0]!.count;
}
