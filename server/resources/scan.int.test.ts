import pg from "pg";
import { beforeAll, expect, inject, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { claimAccounts } from "../db/claim";
import { asSystem } from "../db/client";
import { planSync } from "./plan";
import { scanDueCells } from "./scan";

useDatabase();
const aws = useSimulatedAws();

beforeAll(async () => {
  await connect(person("user_ada"), aws, "123456789012");
  for (const account of await claimAccounts(1)) await planSync(account);
});

async function asSuperuser(sql: string): Promise<void> {
  const url = new URL(inject("adminUrl"));
  url.pathname = new URL(process.env.DATABASE_URL!).pathname;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(sql);
  await admin.end();
}

async function leased(): Promise<number> {
  const [row] = await asSystem(
    (tx) => tx.$queryRaw<{ leased: number }[]>`select count("leaseUntil")::int as leased from "ScanCell"`,
  );
  return row!.leased;
}

it("hands back what it has claimed where the database fails it before it has begun", async () => {
  await asSuperuser('revoke select on "ExternalId" from cloudguard_app');
  const work = () => scanDueCells({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
  await expect(work()).rejects.toThrow(/permission denied/);
  expect(await leased()).toBe(0);
  await asSuperuser('grant select on "ExternalId" to cloudguard_app');
  expect(await work()).toBeGreaterThan(100);
});
