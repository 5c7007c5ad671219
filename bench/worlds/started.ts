/** What measurements in processes of their own start from: a database, a simulated AWS, and workers that can be killed. */
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cloudGuard } from "../../demo/aws/identities";
import { startPostgres } from "../../demo/postgres";
import { beginConnection, connectAccount } from "../../server/accounts/service";
import type { RoomContext } from "../../server/context";
import { disconnect, type TenantId } from "../../server/db/client";
import { migrate } from "../../server/db/migrate";

/** A tenant of a measurement: its only person's own. */
export const tenant = (name: string): RoomContext => ({
  tenantId: name as TenantId,
  clerkUserId: name,
  requestId: "req_bench",
  email: () => Promise.resolve(null),
});

export const ctx = tenant("bench");

/** The one address under which whatever is measured is open, to its own belief; replicas are all behind it. */
export const APP_URL = "http://localhost:3000";

/** A simulated AWS in its own process, with these settings; it ends with this one. */
export async function startSimulation(settings: Record<string, string>): Promise<{ url: string; stop(): void }> {
  const child = fork(path.resolve("demo/aws/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, PORT: "0", ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((ready) =>
    child.once("message", (message) => ready((message as { url: string }).url)),
  );
  return { url, stop: () => void child.kill() };
}

/** Starts a database of its own and points this process at it and at the simulated AWS. */
export async function startDatabase(aws: { url: string; stop(): void }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
  const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
  await migrate(postgres.url);
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
    AWS_REGION: "us-east-1",
    APP_URL,
  });
  return {
    adminUrl: postgres.adminUrl,
    /** Ends both, and leaves nothing behind. */
    async end() {
      aws.stop();
      await disconnect();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts both. `simulation` are the settings of the simulated AWS. */
export async function startWorld(simulation: Record<string, string>) {
  process.env.LOG_LEVEL ??= "fatal";
  const aws = await startSimulation(simulation);
  const { end } = await startDatabase(aws);
  const { url } = aws;
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/_sim/${path}`, body && { method: "POST", body: JSON.stringify(body) });
    return (await answer.json()) as T;
  };
  return {
    ctx,
    url,
    ask,
    /** As a person would: an ExternalId, the role, the check. */
    async connect(account: string) {
      const issued = await beginConnection(ctx, { name: account, awsAccountId: account, region: "us-east-1" });
      const role = await ask<{ roleArn: string }>("roles", { account, externalId: issued.externalId });
      return connectAccount(ctx, { externalIdId: issued.externalIdId, roleArn: role.roleArn });
    },
    /** How many calls of an operation reached AWS. */
    async sent(operation: string): Promise<number> {
      const calls = await ask<{ operation: string; count: number }[]>("calls");
      return calls.filter((call) => call.operation === operation).reduce((sum, { count }) => sum + count, 0);
    },
    forgetCalls: () => ask("calls?reset=1"),
    end,
  };
}

/** Makes the worker as it is deployed, which starts in a tenth of the time: for what starts many. */
export function bundleWorker(): void {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs", "--bundles-only"], { stdio: "inherit" });
  if (status !== 0) throw new Error("the worker could not be bundled");
  isBundled = true;
}

let isBundled = false;

/** A worker in a process of its own, which can be killed. */
export function startWorker(env: Record<string, string> = {}): ChildProcess {
  return fork(path.resolve(isBundled ? "dist/worker.mjs" : "server/jobs/worker-main.ts"), {
    execArgv: isBundled ? [] : ["--import", "tsx"],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}
