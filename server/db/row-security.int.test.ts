import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { asSuperuser, furnishEveryTable, tenantTables } from "../../tests/harness/synthetic-rows";
import { asSystem, forTenant, type TenantId } from "./client";
import { Prisma } from "./generated/client";

useDatabase();

const ours = "tenant_ours" as TenantId;
const theirs = "tenant_theirs" as TenantId;
/** What belongs to no tenant, and why. */
const untenanted = {
  User: "a person, who sees their own row alone",
  RateLimit: "counts of a minute, before anybody is a tenant",
  Upkeep: "the installation's own job, once a day",
  _prisma_migrations: "the migrations' own",
};
const named = (table: string) => Prisma.raw(`"${table}"`);

describe("row-level security, with every filter of the application switched off", () => {
  it("is forced on every table, and no table is without a tenant but those that are known", async () => {
    const bound = await asSuperuser<{ name: string; isForced: boolean }>(`
      select relname as name, relrowsecurity and relforcerowsecurity as "isForced" from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
    const tenanted = (await tenantTables()).map(({ name }) => name);
    expect(bound.map(({ name }) => name).filter((name) => !tenanted.includes(name))).toEqual(
      Object.keys(untenanted).sort(),
    );
    expect(bound.filter(({ name, isForced }) => tenanted.includes(name) && !isForced)).toEqual([]);
  });

  it("shows and takes no row of another tenant, on any table", async () => {
    await furnishEveryTable(ours, "ours");
    await furnishEveryTable(theirs, "theirs");
    for (const { name } of await tenantTables()) {
      const seen = await forTenant(
        ours,
        (tx) => tx.$queryRaw<{ tenantId: string }[]>`select "tenantId" from ${named(name)}`,
      );
      expect(seen, name).toEqual([{ tenantId: ours }]);
      const taking = [
        Prisma.sql`update ${named(name)} set "tenantId" = ${ours} where "tenantId" = ${theirs}`,
        Prisma.sql`delete from ${named(name)} where "tenantId" = ${theirs}`,
      ];
      for (const sql of taking) expect(await affected(sql), `${name}: ${sql.sql}`).toBe(0);
    }
    const left = await Promise.all(
      (await tenantTables()).map(({ name }) =>
        asSuperuser(`select from "${name}" where "tenantId" = $1`, [theirs]).then((rows) => rows.length),
      ),
    );
    expect(new Set(left)).toEqual(new Set([1]));
  });

  it("lets nobody write in another tenant's name, on any table", async () => {
    for (const { name } of await tenantTables()) {
      const moving = forTenant(
        ours,
        (tx) => tx.$executeRaw`update ${named(name)} set "tenantId" = ${theirs} where "tenantId" = ${ours}`,
      );
      await expect(moving, name).rejects.toThrow(/row-level security|permission denied/);
    }
  });

  it("shows nothing at all where no tenant is set", async () => {
    for (const { name } of await tenantTables()) {
      const seen = await forTenant("" as TenantId, (tx) => tx.$queryRaw`select 1 from ${named(name)}`);
      expect(seen, name).toEqual([]);
    }
  });

  it("lets no login act as the role that searches, which sees the words of every tenant", async () => {
    const acting = forTenant(ours, (tx) => tx.$executeRaw`select set_config('role', 'cloudguard_search', true)`);
    await expect(acting).rejects.toThrow(/permission denied/);
  });

  it("keeps the audit log as it was written, for its own tenant too", async () => {
    const change = (sql: Prisma.Sql) => forTenant(ours, (tx) => tx.$executeRaw(sql));
    await expect(change(Prisma.sql`update "AuditEvent" set "action" = 'nothing'`)).rejects.toThrow(/permission denied/);
    await expect(change(Prisma.sql`delete from "AuditEvent"`)).rejects.toThrow(/permission denied/);
    await expect(change(Prisma.sql`truncate "AuditEvent"`)).rejects.toThrow(/permission denied/);
    await expect(asSystem((tx) => tx.$queryRaw`select "action" from "AuditEvent"`)).rejects.toThrow(
      /permission denied/,
    );
  });
});

/** How many rows a statement touched as our tenant; none where the role may not even try. */
async function affected(sql: Prisma.Sql): Promise<number> {
  try {
    return await forTenant(ours, (tx) => tx.$executeRaw(sql));
  } catch (error) {
    if (/permission denied/.test(String(error))) return 0;
    throw error;
  }
}
