/** What a measurement of syncs runs in: a PostgreSQL of its own, a simulated AWS in its own process, accounts connected. */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cloudGuard } from "../../demo/aws/identities";
import type { truth } from "../../demo/aws/truth";
import { sizedWorld, type World } from "../../demo/aws/world";
import { startPostgres } from "../../demo/postgres";
import { beginConnection, connectAccount } from "../../server/accounts/service";
import type { RoomContext } from "../../server/context";
import { disconnect, forTenant, type TenantId } from "../../server/db/client";
import { migrate } from "../../server/db/migrate";

/** A tenant of a measurement: its only person's own. */
export const tenant = (name: string): RoomContext => ({
  tenantId: name as TenantId,
  clerkUserId: name,
  requestId: "req_bench",
  email: () => Promise.resolve(null),
});

export const ctx = tenant("bench");

export interface Size {
  seed: number;
  accounts: number;
  regions?: number;
  resources: number;
}

export interface BenchWorld {
  /** As the simulation made it; it is told of no later change. */
  world: World;
  aws: SimulatedAws;
  adminUrl: string;
  /** Over the whole cluster, in bytes. */
  walPosition(): Promise<number>;
  stop(): Promise<void>;
}

export interface SimulatedAws {
  url: string;
  calls(options?: { reset: boolean }): Promise<CallCount[]>;
  post(route: string, body: object): Promise<unknown>;
  clearFaults(): Promise<unknown>;
  truth(): Promise<ReturnType<typeof truth>>;
  stop(): void;
}

interface CallCount {
  operation: string;
  count: number;
  bytes: number;
}

export async function startBenchWorld(
  size: Size,
  { latencyMs, concurrency }: { latencyMs: number; concurrency: number },
) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cloudguard-bench-"));
  const postgres = await startPostgres({ dataDir: path.join(folder, "data"), durable: false });
  await migrate(postgres.url);
  const aws = await startSimulatedAws(size, latencyMs);
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: cloudGuard.accessKeyId,
    AWS_SECRET_ACCESS_KEY: cloudGuard.secretAccessKey,
    AWS_REGION: "us-east-1",
    AWS_CONCURRENCY: String(concurrency),
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
  });
  return {
    world: sizedWorld(size),
    aws,
    adminUrl: postgres.adminUrl,
    async walPosition() {
      const [row] = await forTenant(
        ctx.tenantId,
        (tx) => tx.$queryRaw<{ bytes: number }[]>`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`,
      );
      return row!.bytes;
    },
    async stop() {
      await disconnect();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  } satisfies BenchWorld;
}

/**
 * Connects accounts of the world, all by default, as a person would: each is then due for its first sync. It would be for its first
 * cost refresh too, whose fourteen months would be read and written in the midst of what is measured: those are put off.
 */
export async function connectAll(
  { world, aws }: Pick<BenchWorld, "world" | "aws">,
  { as = ctx, accounts = [...world.accounts.keys()] } = {},
): Promise<void> {
  for (const account of accounts) {
    const { externalIdId, externalId } = await beginConnection(as, {
      name: account,
      awsAccountId: account,
      region: "us-east-1",
    });
    const { roleArn } = (await aws.post("/_sim/roles", { account, externalId })) as { roleArn: string };
    await connectAccount(as, { externalIdId, roleArn });
  }
  const later = new Date(Date.now() + 24 * 60 * 60_000);
  await forTenant(as.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: later } }));
}

/** A simulated AWS of `size` in its own process; it ends with this one. */
export function startSimulatedAws(size: Size, latencyMs: number): Promise<SimulatedAws> {
  const child = fork(path.resolve("demo/aws/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      PORT: "0",
      AWS_SIM_SIZE: JSON.stringify(size),
      AWS_SIM_LIMITS: "off",
      AWS_SIM_LATENCY_MS: String(latencyMs),
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((ready) =>
    child.once("message", (message) => {
      const { url } = message as { url: string };
      ready({
        url,
        calls: async ({ reset } = { reset: false }) =>
          (await (await fetch(`${url}/_sim/calls${reset ? "?reset=1" : ""}`)).json()) as CallCount[],
        post: async (route, body) =>
          (await fetch(url + route, { method: "POST", body: JSON.stringify(body) })).json() as Promise<unknown>,
        clearFaults: () => fetch(`${url}/_sim/faults`, { method: "DELETE" }),
        truth: async () => (await (await fetch(`${url}/_sim/truth`)).json()) as ReturnType<typeof truth>,
        stop: () => void child.kill(),
      });
    }),
  );
}
