/** What pages are measured in: the demo's own world for one user, and for the second user the same world many times as large. */
import pg from "pg";
import startDemo, { demoAddresses } from "../../e2e/world";

export const METRICS_TOKEN = "metrics-token-of-a-bench";

/** Starts the demo's production build. Nothing is synced while it is measured: what was put in would be found to be gone. */
export async function startWorld(): Promise<() => Promise<unknown>> {
  Object.assign(process.env, { WORKER: "off", METRICS_TOKEN, RATE_LIMIT_REQUESTS_PER_MINUTE: "100000" });
  return startDemo();
}

/** Where the pages of a tenant are that need an id. */
export interface Places {
  account: string;
  resource: string;
  stack: string;
}

/** Gives the second user everything that the first has, and of every resource so many copies that there are `resources` in all. */
export async function growSecondTenant(resources: number): Promise<{ small: Places; large: Places; rows: number }> {
  const url = new URL(demoAddresses().databaseUrl);
  url.username = "postgres"; // whom row-level security does not bind
  const db = new pg.Client({ connectionString: url.href });
  await db.connect();
  try {
    // Without triggers and foreign keys, so that no order of the tables has to be found.
    await db.query("set session_replication_role = replica");
    for (const table of await tenantTables(db)) await copyTable(db, table);
    await multiply(db, resources);
    await db.query("analyze");
    const [{ rows }] = (await db.query(`select count(*)::int as rows from "Resource" where "tenantId" = 'user_viewer'`))
      .rows as [{ rows: number }];
    return { small: await placesOf(db, "user_demo"), large: await placesOf(db, "user_viewer"), rows };
  } finally {
    await db.end();
  }
}

interface Column {
  name: string;
  /** It leads to a row of another table of the tenant's, or is the row's own id. */
  isKey: boolean;
}

async function tenantTables(db: pg.Client): Promise<{ table: string; columns: Column[] }[]> {
  const { rows } = await db.query<{ table: string; columns: Column[] }>(`
    select c.table_name as "table",
           json_agg(json_build_object('name', c.column_name, 'isKey', c.column_name in
             ('id', 'accountId', 'cellId', 'stackId', 'detectionId', 'externalIdId', 'syncRunId'))) as columns
    from information_schema.columns c
    where c.table_schema = 'public' and c.is_generated = 'NEVER'
      and c.table_name in (select table_name from information_schema.columns where column_name = 'tenantId')
    group by 1`);
  return rows;
}

async function copyTable(db: pg.Client, { table, columns }: { table: string; columns: Column[] }): Promise<void> {
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const values = columns.map(({ name, isKey }) => {
    if (name === "tenantId") return "'user_viewer'";
    // Nobody else's, by its own unique key.
    return isKey || name === "externalId" ? `"${name}" || '~'` : `"${name}"`;
  });
  await db.query(`insert into "${table}" (${names}) select ${values.join(", ")} from "${table}"
    where "tenantId" = 'user_demo' on conflict do nothing`);
}

/** Stacks stay as many as they are: each has rows of its own elsewhere. */
async function multiply(db: pg.Client, resources: number): Promise<void> {
  const own = `r."tenantId" = 'user_viewer' and r."type" <> 'AWS::CloudFormation::Stack'`;
  const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from "Resource" r where ${own}`);
  const copies = Math.max(0, Math.ceil(resources / Math.max(1, rows[0]?.count ?? 1)) - 1);
  const { rows: columns } = await db.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'Resource' and is_generated = 'NEVER'`,
  );
  const differing = new Set(["id", "nativeId", "arn", "name", "sortName", "searchText"]);
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const values = columns.map(({ name }) => (differing.has(name) ? `r."${name}" || '-' || n` : `r."${name}"`));
  await db.query(`insert into "Resource" (${names}) select ${values.join(", ")}
    from "Resource" r, generate_series(1, ${copies}) n where ${own}`);
  await db.query(`update "ResourceRollup" u set "live" = u."live" * ${copies + 1}, "gone" = u."gone" * ${copies + 1}
    from "ScanCell" c where c."id" = u."cellId" and u."tenantId" = 'user_viewer' and c."type" <> 'AWS::CloudFormation::Stack'`);
  await db.query(`update "ScanCell" r set "resourceCount" = "resourceCount" * ${copies + 1} where ${own}`);
  await db.query(`update "AccountRollup" r set "live" = n."live", "gone" = n."gone"
    from (select c."accountId", part."dimension", part."value", sum(u."live") as "live", sum(u."gone") as "gone"
          from "ResourceRollup" u join "ScanCell" c on c."id" = u."cellId"
            cross join lateral (values ('type', c."type"), ('region', u."region"), ('state', u."state")) part("dimension", "value")
          group by 1, 2, 3) n
    where r."tenantId" = 'user_viewer' and (r."accountId", r."dimension", r."value") = (n."accountId", n."dimension", n."value")`);
}

async function placesOf(db: pg.Client, tenantId: string): Promise<Places> {
  const first = async (sql: string) => {
    const { rows } = await db.query<{ id: string }>(sql, [tenantId]);
    if (!rows[0]) throw new Error(`The world of ${tenantId} lacks what a page needs: ${sql}`);
    return rows[0].id;
  };
  return {
    account: await first(`select "id" from "AwsAccount" where "tenantId" = $1 order by "awsAccountId" desc limit 1`),
    resource: await first(
      `select "id" from "Resource" where "tenantId" = $1 and "type" = 'AWS::EC2::Instance' order by "sortName", "id" limit 1`,
    ),
    stack: await first(
      `select "id" from "Resource" where "tenantId" = $1 and "name" = 'web-app-infrastructure' limit 1`,
    ),
  };
}
