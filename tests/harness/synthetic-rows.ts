import pg from "pg";
import { inject } from "vitest";

/** A table that belongs to tenants, as the catalogue has it. */
export interface TenantTable {
  name: string;
  hasId: boolean;
}

/** Runs SQL as the cluster's superuser, whom row-level security does not bind, in the test's own database. */
export async function asSuperuser<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const url = new URL(inject("adminUrl"));
  url.pathname = new URL(process.env.DATABASE_URL!).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every table with a tenantId, read from the catalogue: a new one cannot be forgotten. */
export function tenantTables(): Promise<TenantTable[]> {
  return asSuperuser<{ name: string; hasId: boolean }>(`
    select table_name as name, bool_or(column_name = 'id') as "hasId" from information_schema.columns
    where table_schema = 'public' group by table_name having bool_or(column_name = 'tenantId') order by 1`);
}

/**
 * Puts a row into every table of a tenant, with values made up from the catalogue: foreign keys lead to the row that this same
 * call made. Returns the ids, all of the form `<table>_<mark>`.
 */
export async function furnishEveryTable(tenantId: string, mark: string): Promise<string[]> {
  const columns = await (known ??= columnsOfAll());
  const tables = [...new Set(columns.map(({ table }) => table))];
  const inserts = tables.map((table) => {
    const own = columns.filter((column) => column.table === table && (column.isRequired || column.column === "id"));
    const names = own.map(({ column }) => `"${column}"`).join(", ");
    const values = own.map((column) => valueOf(column, tenantId, mark)).join(", ");
    return `insert into "${table}" (${names}) values (${values});`;
  });
  // Without its triggers, so that no order of the tables has to be found.
  await asSuperuser(`set session_replication_role = replica; ${inserts.join("\n")}`);
  const withId = columns.filter(({ column }) => column === "id").map(({ table }) => `${table}_${mark}`);
  return withId;
}

/** The catalogue answers slowly, and every database of the run is a clone of one. */
let known: Promise<Column[]> | undefined;

function columnsOfAll(): Promise<Column[]> {
  return asSuperuser<Column>(`
    select c.table_name as "table", c.column_name as "column", c.data_type as type, c.udt_name as "udt",
           c.is_nullable = 'NO' as "isRequired", c.column_default is not null as "hasDefault",
           (select k.table_name from information_schema.referential_constraints r
              join information_schema.key_column_usage f on f.constraint_name = r.constraint_name
              join information_schema.key_column_usage k on k.constraint_name = r.unique_constraint_name
                and k.ordinal_position = f.position_in_unique_constraint
            where f.table_name = c.table_name and f.column_name = c.column_name limit 1) as "leadsTo",
           (select e.enumlabel from pg_enum e join pg_type t on t.oid = e.enumtypid
            where t.typname = c.udt_name order by e.enumsortorder limit 1) as "firstLabel"
    from information_schema.columns c
    where c.table_schema = 'public' and c.table_name not in ('_prisma_migrations', 'RateLimit')`);
}

interface Column {
  table: string;
  column: string;
  type: string;
  udt: string;
  isRequired: boolean;
  hasDefault: boolean;
  leadsTo: string | null;
  firstLabel: string | null;
}

function valueOf({ table, column, type, udt, leadsTo, firstLabel }: Column, tenantId: string, mark: string): string {
  if (column === "tenantId") return `'${tenantId}'`;
  if (column === "id") return `'${table}_${mark}'`;
  if (leadsTo) return `'${leadsTo}_${mark}'`;
  if (firstLabel) return `'${firstLabel}'`;
  switch (type) {
    case "ARRAY":
      return "'{}'";
    case "json":
    case "jsonb":
      return column === "days" ? "'[]'" : "'{}'";
    case "boolean":
      return "false";
    case "date":
      return "current_date";
    case "integer":
    case "bigint":
    case "smallint":
    case "numeric":
    case "double precision":
      return "1";
    case "text":
    case "character varying":
      return `'${table} ${column} ${mark}'`;
    default:
      if (type.startsWith("timestamp")) return "now()";
      throw new Error(`${table}.${column} is of type ${udt}: say here what a value of it looks like.`);
  }
}
