import pg from "pg";
import { describe, expect, it } from "vitest";
import { useEmptyDatabase } from "../../tests/harness/database";
import { migrate } from "./migrate";
import { migrationNames } from "./pending-migrations";

const at = useEmptyDatabase();

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
