import { Prisma } from "../db/generated/client";
import type { TenantTx } from "../db/client";
import type { RollupScope } from "./queries";
import type { ChangeRow } from "./views";

/** A change as the database has it. */
export type StoredChange = Omit<ChangeRow, "typeLabel">;

const LATEST = 12;

/** A resource counts once: gone, else appeared, else changed. Each is a range of an index that holds no unchanged row. */
const kinds = (since: Date): { kind: ChangeRow["kind"]; at: Prisma.Sql; holds: Prisma.Sql }[] => [
  { kind: "gone", at: Prisma.sql`r."goneAt"`, holds: Prisma.sql`r."goneAt" >= ${since}` },
  {
    kind: "appeared",
    at: Prisma.sql`r."appearedAt"`,
    holds: Prisma.sql`r."appearedAt" >= ${since} and r."goneAt" is null`,
  },
  {
    kind: "changed",
    at: Prisma.sql`r."lastChangedAt"`,
    holds: Prisma.sql`r."lastChangedAt" >= ${since} and r."lastChangedAt" > r."firstSeenAt" and r."goneAt" is null
      and (r."appearedAt" is null or r."appearedAt" < ${since})`,
  },
];

/** What appeared, changed and went since `since`, and the latest of it. What a cell's first read found was there before. */
export async function changesSince(
  tx: TenantTx,
  since: Date,
  { accountIds, regions }: Pick<RollupScope, "accountIds" | "regions">,
) {
  const account = accountIds?.length ? Prisma.sql`and r."accountId" = any(${accountIds})` : Prisma.empty;
  const region = regions?.length ? Prisma.sql`and r."region" = any(${regions})` : Prisma.empty;
  const counted = kinds(since).map(
    ({ kind, holds }) =>
      Prisma.sql`select ${kind}::text as kind, count(*)::int as count from "Resource" r where ${holds} ${account} ${region}`,
  );
  const listed = kinds(since).map(
    ({ kind, at, holds }) => Prisma.sql`
      (select ${kind}::text as kind, ${at} as at, r."id" as "resourceId", r."type", r."name", r."nativeId", r."accountId", r."region"
      from "Resource" r where ${holds} ${account} ${region} order by ${at} desc limit ${LATEST})`,
  );
  const counts = await tx.$queryRaw<
    { kind: ChangeRow["kind"]; count: number }[]
  >`${Prisma.join(counted, " union all ")}`;
  const latest = await tx.$queryRaw<StoredChange[]>`
    select c.kind, c.at, c."resourceId", c."type", c."name", c."nativeId", a."awsAccountId", a."name" as "accountName", c."region"
    from (${Prisma.join(listed, " union all ")}) c join "AwsAccount" a on a."id" = c."accountId"
    order by c.at desc, c."resourceId" limit ${LATEST}`;
  return { counts, latest };
}
