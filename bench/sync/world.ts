/** What a measurement of syncs runs in: a PostgreSQL of its own, a simulated AWS in its own process, accounts connected. */
import type { truth } from "../../demo/aws/truth";
import { sizedWorld, type World } from "../../demo/aws/world";
import { beginConnection, connectAccount } from "../../server/accounts/service";
import { forTenant } from "../../server/db/client";
import { ctx, startDatabase, startSimulation } from "../worlds/started";

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
  service: string;
  operation: string;
  count: number;
  refused: number;
  bytes: number;
}

export async function startBenchWorld(
  size: Size,
  { latencyMs, concurrency, limits }: { latencyMs: number; concurrency: number; limits?: number },
) {
  process.env.LOG_LEVEL ??= "error";
  process.env.AWS_CONCURRENCY = String(concurrency);
  const aws = await startSimulatedAws(size, latencyMs, limits);
  const { adminUrl, end } = await startDatabase(aws);
  return {
    world: sizedWorld(size),
    aws,
    adminUrl,
    stop: end,
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

/**
 * A simulated AWS of `size` in its own process; it ends with this one. Its token buckets are `limits` times those of its default, and
 * switched off where nothing is said.
 */
export async function startSimulatedAws(size: Size, latencyMs: number, limits?: number): Promise<SimulatedAws> {
  const { url, stop } = await startSimulation({
    AWS_SIM_SIZE: JSON.stringify(size),
    AWS_SIM_LIMITS: String(limits ?? "off"),
    AWS_SIM_LATENCY_MS: String(latencyMs),
  });
  return {
    url,
    calls: async ({ reset } = { reset: false }) =>
      (await (await fetch(`${url}/_sim/calls${reset ? "?reset=1" : ""}`)).json()) as CallCount[],
    post: async (route, body) =>
      (await fetch(url + route, { method: "POST", body: JSON.stringify(body) })).json() as Promise<unknown>,
    clearFaults: () => fetch(`${url}/_sim/faults`, { method: "DELETE" }),
    truth: async () => (await (await fetch(`${url}/_sim/truth`)).json()) as ReturnType<typeof truth>,
    stop,
  };
}
