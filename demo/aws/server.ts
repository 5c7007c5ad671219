import { setTimeout as delay } from "node:timers/promises";
import { adminEndpoints } from "./admin";
import { CallLedger } from "./calls";
import { Faults, suffer } from "./faults";
import { registerIam } from "./iam";
import { Identities } from "./identities";
import { Kept } from "./kept";
import { rateOf, scaled, TokenBuckets } from "./limits";
import { registerServices } from "./services";
import { refusal, Sim } from "./wire/sim";
import { demoWorld, type World } from "./world";

export interface SimulatedAwsOptions {
  port?: number;
  /** Makes the world, also again on a reset. */
  world?: () => World;
  /** How many times their usual size and rate the token buckets are; `off` leaves them out, for what is not to be throttled. */
  limits?: number | "off";
  /** Added to every call. */
  latencyMs?: number;
  /** How long a drift detection takes; by default some seconds, longer for a larger stack. */
  detectionMs?: (resources: number, detectionId: string) => number;
  /** The file in which roles and templates outlive this process. */
  keptIn?: string;
}

/** The simulated AWS, its admin endpoints and its console page, on one loopback port. */
export async function startSimulatedAws({
  port = 0,
  world: makeWorld = () => demoWorld(),
  limits = 1,
  latencyMs = 0,
  detectionMs,
  keptIn,
}: SimulatedAwsOptions = {}): Promise<{ url: string; close: () => Promise<void> }> {
  let world = makeWorld();
  const sim = new Sim();
  const calls = new CallLedger();
  const buckets = new TokenBuckets();
  const faults = new Faults();
  const kept = new Kept(keptIn);
  const identities = new Identities(sim, kept);
  registerIam(sim, identities, () => world);
  registerServices(sim, () => world, Date.now, detectionMs);

  // In AWS's own order: a caller that sends too much is told so before anybody asks what it may do.
  sim.before = async (ctx, input) => {
    if (latencyMs > 0) await delay(latencyMs);
    const { service, operation, account, region } = ctx;
    const regions = world.accounts.get(account)?.enabledRegions;
    if (regions && !regions.includes(region) && !globalServices.has(service)) throw refusal(ctx, "notEnabledRegion");
    if (limits !== "off") {
      const rate = scaled(rateOf(service, operation, region === world.throttledRegion), limits);
      const key = [service, operation, account, region].join(" ");
      if (!buckets.take(key, rate, Date.now())) throw refusal(ctx, "throttled");
    }
    const breakage = await suffer(faults.meet(ctx), ctx);
    identities.authorise(ctx, input);
    return breakage;
  };
  sim.after = (ctx, outcome) => calls.note(ctx, outcome);
  const reset = () => {
    world = makeWorld();
    calls.clear();
    faults.clear();
    buckets.reset();
    identities.reset();
  };
  sim.other = adminEndpoints({
    world: () => world,
    identities,
    kept,
    faults,
    calls,
    services: sim.serviceNames,
    reset,
  });

  const { server, url } = await sim.listen(port);
  return {
    url,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** They answer for the whole account, from wherever they are asked. */
const globalServices = new Set(["ce", "iam", "s3"]);
