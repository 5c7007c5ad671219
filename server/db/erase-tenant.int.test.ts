import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import type { TenantId } from "./client";
import { asUpkeep, disconnect, forTenant } from "./client";
import { eraseTenant } from "./erase-tenant";

useDatabase();

const leaving = "org_leaving" as TenantId;
const staying = "org_staying" as TenantId;

/** As the superuser, whom neither row security nor foreign keys hold: a row of each tenant in every table that has a tenantId. */
async function furnishEveryTable(admin: pg.Client): Promise<string[]> {
  const { rows: columns } = await admin.query<{ table: string; column: string; type: string; label: string | null }>(`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      (select quote_literal(enumlabel) from pg_enum where enumtypid = a.atttypid order by enumsortorder limit 1) as label
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attnotnull
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
      and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenantId' and not t.attisdropped)`);
  const tables = [...new Set(columns.map(({ table }) => table))].sort();
  // To whom the accounts of both belong.
  await admin.query(`insert into "User" ("id", "clerkId", "updatedAt") values
    ('made-0', 'user_leaving', now()), ('made-1', 'user_staying', now())`);
  await admin.query("set session_replication_role = replica");
  for (const table of tables) {
    const own = columns.filter((column) => column.table === table);
    for (const [at, tenant] of [leaving, staying].entries()) {
      const values = own.map(({ column, type, label }) =>
        column === "tenantId" ? `'${tenant}'` : valueOf(type, label, at),
      );
      await admin.query(
        `insert into "${table}" (${own.map(({ column }) => `"${column}"`).join(", ")}) values (${values.join(", ")})`,
      );
    }
  }
  await admin.query("set session_replication_role = default");
  return tables;
}

/** Somebody who connects an account for the team, as the product does. */
async function connects(clerkId: string, tenantId: TenantId, awsAccountId: string): Promise<void> {
  const named = { name: "n", region: "eu-west-1", awsAccountId };
  await forTenant(
    tenantId,
    async (tx) => {
      const email = `${clerkId}@example.com`;
      const user = await tx.user.upsert({ where: { clerkId }, create: { clerkId, email }, update: {} });
      const externalId = await tx.externalId.create({ data: { tenantId, value: awsAccountId, ...named } });
      const own = { tenantId, userId: user.id, externalIdId: externalId.id, roleArn: "arn" };
      await tx.awsAccount.create({ data: { ...own, ...named } });
    },
    { clerkUserId: clerkId },
  );
}

function valueOf(type: string, label: string | null, at: number): string {
  if (label) return label;
  if (/\[\]$/.test(type)) return "'{}'";
  if (/^jsonb?$/.test(type)) return "'{}'";
  if (/timestamp|date/.test(type)) return "now()";
  if (/int|numeric|double|real/.test(type)) return String(at + 1);
  if (type === "boolean") return "false";
  return `'made-${at}'`;
}

/** Tables in which the text occurs in any column, whatever it is called. */
async function tablesNaming(admin: pg.Client, text: string): Promise<string[]> {
  const { rows: tables } = await admin.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
  );
  const naming: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await admin.query(`select from "${name}" t where t::text like '%' || $1 || '%' limit 1`, [
      text,
    ]);
    if (rowCount) naming.push(name);
  }
  return naming;
}

describe("deleting a tenant", () => {
  it("leaves no row that names it in any table, and every row of the others", async () => {
    const admin = new pg.Client({ connectionString: adminUrlOf() });
    await admin.connect();
    const tables = await furnishEveryTable(admin);
    await connects("user_in_one", leaving, "100000000001");
    await connects("user_in_both", leaving, "100000000002");
    await connects("user_in_both", staying, "100000000003");
    // Their last account was disconnected before.
    await admin.query(`insert into "User" ("id", "clerkId", "updatedAt") values ('u-none', 'user_in_none', now())`);
    for (const [allowance, key] of [
      ["requests", `tenant:${leaving}`],
      ["costly", `tenant:${leaving}`],
      ["requests", `tenant:${staying}`],
    ])
      await admin.query('insert into "RateLimit" ("key", "points") values ($1, 1)', [`${allowance}:${key}`]);
    expect(await tablesNaming(admin, leaving)).toEqual([...tables, "RateLimit"].sort());

    const receipt = await eraseTenant(leaving);

    const ofEach = Object.fromEntries(
      tables.map((table) => [table, ["AwsAccount", "ExternalId"].includes(table) ? 3 : 1]),
    );
    expect(receipt).toEqual({ ...ofEach, RateLimit: 2, User: 3 });
    expect(await tablesNaming(admin, leaving)).toEqual([]);
    expect(await tablesNaming(admin, staying)).toEqual([...tables, "RateLimit"].sort());
    const { rows: people } = await admin.query<{ clerkId: string }>('select "clerkId" from "User" order by 1');
    expect(people.map(({ clerkId }) => clerkId)).toEqual(["user_in_both", "user_staying"]);
    await admin.end();
  });

  it("that is a person's own takes the person along, whose limits have their id too", async () => {
    const admin = new pg.Client({ connectionString: adminUrlOf() });
    await admin.connect();
    const person = "user_alone" as TenantId;
    await admin.query(
      `insert into "User" ("id", "clerkId", "email", "updatedAt") values ('alone', '${person}', 'a@example.com', now())`,
    );
    await admin.query(
      `insert into "RateLimit" ("key") values ('requests:user:${person}'), ('requests:tenant:${person}')`,
    );
    expect(await eraseTenant(person)).toMatchObject({ RateLimit: 2, User: 1, AwsAccount: 0 });
    expect(await tablesNaming(admin, person)).toEqual([]);
    await admin.end();
  });

  it("deletes nothing where a table does not let upkeep in, and says so", async () => {
    const admin = new pg.Client({ connectionString: adminUrlOf() });
    await admin.connect();
    await admin.query(
      `create table "Forgotten" ("tenantId" text not null); insert into "Forgotten" values ('${staying}')`,
    );
    await expect(eraseTenant(staying)).rejects.toThrow(/permission denied for table Forgotten/);
    expect(await tablesNaming(admin, staying)).toContain("AwsAccount");
    await admin.query(`drop table "Forgotten"`);
    await admin.end();
  });

  it("takes a tenant, always", async () => {
    await expect(eraseTenant("" as TenantId)).rejects.toThrow(/no tenant is set/);
    await expect(asUpkeep((tx) => tx.$queryRaw`select "roleArn" from "AwsAccount"`)).rejects.toThrow(
      /permission denied/,
    );
    await disconnect();
  });
});

function adminUrlOf(): string {
  const url = new URL(inject("adminUrl"));
  url.pathname = new URL(process.env.DATABASE_URL!).pathname;
  return url.href;
}
