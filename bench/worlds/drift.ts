/** What the measurements of drift start from: a database, a simulated AWS with stacks, and accounts whose inventory is read. */
import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { cloudGuard } from "../../demo/aws/identities";
import { startPostgres } from "../../demo/postgres";
import { sizedWorld } from "../../demo/aws/world";
import { beginConnection, connectAccount } from "../../server/accounts/service";
import type { RoomContext } from "../../server/context";
import { disconnect, forTenant, type TenantId } from "../../server/db/client";
import { migrate } from "../../server/db/migrate";
import { tick } from "../../server/jobs/tick";

export interface DriftWorldSize {
  accounts: number;
  regions: number;
  stacks: number;
  /** How long AWS takes for a detection. */
  detectionMs: number;
}

export async function driftWorld({ accounts, regions, stacks, detectionMs }: DriftWorldSize) {
  process.env.LOG_LEVEL ??= "fatal";
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
  const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
  await migrate(postgres.url);
  const size = { seed: 7, accounts, regions, stacks, resources: 0 };
  const env = {
    ...process.env,
    PORT: "0",
    AWS_SIM_SIZE: JSON.stringify(size),
    AWS_SIM_DETECTION_MS: String(detectionMs),
  };
  const sim = fork(path.resolve("demo/aws/main.ts"), {
    execArgv: ["--import", "tsx"],
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((ready) =>
    sim.once("message", (message) => ready((message as { url: string }).url)),
  );
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
    AWS_REGION: "us-east-1",
  });
  const ctx: RoomContext = {
    tenantId: "bench" as TenantId,
    clerkUserId: "bench",
    requestId: "req_bench",
    email: () => Promise.resolve(null),
  };
  for (const account of sizedWorld(size).accounts.keys()) {
    const issued = await beginConnection(ctx, { name: account, awsAccountId: account, region: "us-east-1" });
    const body = JSON.stringify({ account, externalId: issued.externalId });
    const role = (await (await fetch(`${url}/_sim/roles`, { method: "POST", body })).json()) as { roleArn: string };
    await connectAccount(ctx, { externalIdId: issued.externalIdId, roleArn: role.roleArn });
  }
  // What a throttled list still owes is due again in a moment.
  const isSyncing = () => forTenant(ctx.tenantId, (tx) => tx.syncRun.count({ where: { finishedAt: null } }));
  while ((await isSyncing()) > 0) if ((await tick({ budgetMs: 600_000 })) === 0) await delay(200);

  return {
    ctx,
    url,
    /** How many calls of an operation reached AWS. */
    async sent(operation: string): Promise<number> {
      const list = (await (await fetch(`${url}/_sim/calls`)).json()) as { operation: string; count: number }[];
      return list.filter((call) => call.operation === operation).reduce((sum, { count }) => sum + count, 0);
    },
    forgetCalls: () => fetch(`${url}/_sim/calls?reset=1`),
    async end() {
      sim.kill();
      await disconnect();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A worker in a process of its own, which can be killed. */
export function startWorker(env: Record<string, string> = {}): ChildProcess {
  return fork(path.resolve("server/jobs/worker-main.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}
