/** What this machine can do, measured apart from the run that is held against it. */
import pg from "pg";
import { sizedWorld } from "../../demo/aws/world";
import type { Calibration } from "./needed";
import { toldBy } from "../worlds/told";
import { startSimulatedAws, type SimulatedAws, type Size } from "./world";

/** Rows like those of a resource, enough that a statement's own cost does not show. */
const ROWS = 50_000;

export async function calibrate(size: Size, adminUrl: string): Promise<Calibration> {
  const perAccount = { ...size, accounts: 1, resources: Math.round(size.resources / size.accounts) };
  const empty = await collected({ ...perAccount, resources: 0 });
  const full = await collected(perAccount);
  const secondsPerCall = empty.cpuSeconds / empty.calls;
  const reading = Math.max(full.cpuSeconds - full.calls * secondsPerCall, 0.001);
  return { secondsPerCall, bytesPerSecond: full.bytes / reading, ...(await databaseSpeed(adminUrl)) };
}

/** CPU, calls and bytes of collecting one account of such a world, in a process of its own. */
async function collected(size: Size): Promise<{ cpuSeconds: number; calls: number; bytes: number }> {
  const aws = await startSimulatedAws(size, 0);
  const account = [...sizedWorld(size).accounts.keys()][0]!;
  const externalId = "calibration";
  const { roleArn } = (await aws.post("/_sim/roles", { account, externalId })) as { roleArn: string };
  const { cpuSeconds } = await collectOnce(aws, { awsAccountId: account, roleArn, externalId });
  const calls = await aws.calls();
  // It collects four times and tells the CPU of the last.
  const ofOne = (member: "count" | "bytes") => calls.reduce((sum, call) => sum + call[member], 0) / 4;
  aws.stop();
  return { cpuSeconds, calls: ofOne("count"), bytes: ofOne("bytes") };
}

function collectOnce({ url }: SimulatedAws, grant: object): Promise<{ cpuSeconds: number }> {
  return toldBy("sync/collect-once.ts", grant, { AWS_ENDPOINT_URL: url });
}

/** COPY into an empty table with the resources' indexes, and reading (key, hash) of as many rows. */
async function databaseSpeed(adminUrl: string) {
  const admin = new pg.Client({ connectionString: adminUrl.replace(/[^/]*$/, "cloudguard") });
  await admin.connect();
  try {
    await admin.query(`create table rows_to_copy (like "Resource" including all)`);
    await admin.query(`
      insert into rows_to_copy ("id", "tenantId", "accountId", "cellId", "type", "nativeId", "arn", "name", "sortName", "region", "state",
        "tags", "facts", "config", "searchText", "hash")
      select gen_random_uuid()::text, 'bench', 'account' || n % 20, 'cell' || n % 4000, 'AWS::EC2::Instance', 'i-' || md5(n::text),
        'arn:aws:ec2:us-east-1:123456789012:instance/i-' || md5(n::text), 'prod-api-' || n, 'prod-api-' || n, 'us-east-1', 'running',
        '{"Team": "payments", "Environment": "production"}', '{"instanceType": "m6i.large"}',
        jsonb_build_object('InstanceId', md5(n::text), 'Detail', repeat(md5(n::text), 20)), 'prod-api-' || n || ' i-' || md5(n::text), md5(n::text)
      from generate_series(1, ${ROWS}) n`);
    const { rows } = await admin.query<{ folder: string }>("select current_setting('data_directory') as folder");
    const file = `${rows[0]!.folder}/rows_to_copy`;
    await admin.query(`copy rows_to_copy to '${file}' (format binary)`);
    await admin.query("truncate rows_to_copy");
    const copying = await seconds(() => admin.query(`copy rows_to_copy from '${file}' (format binary)`));
    const reading = await seconds(() =>
      admin.query(
        `select "cellId", "nativeId", "hash", "region", "state", "goneAt" is not null as "isGone" from rows_to_copy`,
      ),
    );
    await admin.query("drop table rows_to_copy");
    return { copyRowsPerSecond: ROWS / copying, readRowsPerSecond: ROWS / reading };
  } finally {
    await admin.end();
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
