/** Resources of one tenant, made in the database itself: a million of them would take a simulated AWS an hour to tell. */
import pg from "pg";
import { collectors } from "../../server/aws/collectors/index";
import { defaultRegions } from "../../demo/aws/world";

const ACCOUNTS = 20;

/** Fills `database` with `count` resources of `tenantId`, one in fifty gone, their cells, rollups and accounts. */
export async function fillResources(database: string, tenantId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const types = collectors.map(({ type }) => type);
    await client.query(
      `insert into "User" ("id", "clerkId", "updatedAt") values ($1, $1, now()) on conflict do nothing`,
      [tenantId],
    );
    await client.query(
      `insert into "ExternalId" ("id", "tenantId", "value", "name", "awsAccountId", "region")
       select $1 || n, $1, $1 || n, 'Account ' || n, (500000000000 + n)::text, 'us-east-1' from generate_series(1, $2::int) n`,
      [tenantId, ACCOUNTS],
    );
    await client.query(
      `insert into "AwsAccount" ("id", "tenantId", "userId", "awsAccountId", "roleArn", "externalIdId", "name", "region", "updatedAt", "regions")
       select $1 || n, $1, $1, (500000000000 + n)::text, 'arn:aws:iam::' || (500000000000 + n) || ':role/CloudGuardMonitoringRole', $1 || n,
         'Account ' || n, 'us-east-1', now(), $3::text[] from generate_series(1, $2::int) n`,
      [tenantId, ACCOUNTS, defaultRegions],
    );
    await client.query(
      `insert into "ScanCell" ("tenantId", "accountId", "region", "type", "state", "lastSuccessAt", "resourceCount")
       select $1, $1 || a, r, t, 'OK', now(), 0 from generate_series(1, $2::int) a, unnest($3::text[]) r, unnest($4::text[]) t`,
      [tenantId, ACCOUNTS, defaultRegions, types],
    );
    await client.query(
      `with cells as (select array_agg("id" order by "id") as ids, count(*)::int as many from "ScanCell" where "tenantId" = $1)
       insert into "Resource" ("tenantId", "accountId", "cellId", "type", "nativeId", "arn", "name", "sortName", "region", "state", "tags",
         "facts", "config", "searchText", "hash", "firstSeenAt", "lastChangedAt", "goneAt")
       select $1, c."accountId", c."id", c."type", x.native, x.arn, x.name, x.name, c."region", x.state,
         jsonb_build_object('Team', x.team, 'Environment', x.environment, 'CostCenter', 'cc-' || (x.n / 11 % 400)),
         jsonb_build_object('instanceType', 'm6i.large'), jsonb_build_object('Id', x.native, 'Detail', repeat(md5(x.n::text), 12)),
         lower(x.name || ' ' || x.native || ' ' || x.arn), md5(x.n::text), x.seen, x.seen, case when x.n % 50 = 0 then x.seen + interval '1 day' end
       from cells cross join lateral (
         select n, md5('id' || n) as hex,
           (array['prod', 'staging', 'dev', 'shared', 'sandbox'])[1 + n * 31 % 5] as environment,
           (array['payments', 'search', 'orders', 'identity', 'mail', 'reports', 'web', 'billing'])[1 + n / 7 % 8] as team,
           case when n % 9 = 0 then 'pending' else 'available' end as state,
           now() - interval '400 days' + n * interval '20 seconds' as seen
         from generate_series(1, $2::int) n) y
       cross join lateral (select y.*, 'i-' || left(y.hex, 17) as native,
         y.environment || '-' || y.team || '-' || (array['api', 'worker', 'db', 'cache', 'batch'])[1 + y.n / 3 % 5] || '-' || y.n as name) z
       cross join lateral (select z.*, 'arn:aws:ec2:us-east-1:500000000001:instance/' || z.native as arn) x
       join "ScanCell" c on c."id" = cells.ids[1 + (('x' || left(x.hex, 7))::bit(28)::int % cells.many)]`,
      [tenantId, count],
    );
    await client.query(
      `insert into "ResourceRollup" ("cellId", "tenantId", "region", "state", "live", "gone")
       select "cellId", $1, "region", coalesce("state", ''), count(*) filter (where "goneAt" is null), count(*) filter (where "goneAt" is not null)
       from "Resource" where "tenantId" = $1 group by 1, 3, 4`,
      [tenantId],
    );
    for (const table of ["Resource", "ScanCell", "ResourceRollup", "AwsAccount"])
      await client.query(`vacuum analyze "${table}"`);
  } finally {
    await client.end();
  }
}
