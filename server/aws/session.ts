import { setMaxListeners } from "node:events";
import type { AwsAccess } from "./access";
import type { CallMeter, CallScope } from "./call-scope";
import { clientFor } from "./clients";
import { sweptTypes } from "./collectors/index";
import { roleCredentials, type RoleGrant, type SessionFeature } from "./credentials";
import type { Failure } from "./failure";
import { sessionPolicies } from "./permissions";
import { GLOBAL_REGION } from "./place";
import { sweepTags, type SweptTags } from "./tag-sweep";
import { toFailure } from "./to-failure";

export { dropCredentials, endSessions, type RoleGrant, type SessionFeature } from "./credentials";

/** One account, for one purpose and one run. */
export interface AwsSession {
  grant: RoleGrant;
  feature: SessionFeature;
  /** `region` may be `GLOBAL_REGION`. The higher `priority` is served earlier where calls wait; `signal` ends them. */
  at(region: string, options?: AccessOptions): AwsAccess;
  /** The regions that the account has enabled, sorted. Throws what AWS says; see `toFailure`. */
  enabledRegions(): Promise<string[]>;
}

interface AccessOptions {
  priority?: number;
  signal?: AbortSignal;
  meter?: CallMeter;
  onThrottle?: CallScope["onThrottle"];
}

export interface SessionOptions {
  /** Where account-wide questions are asked; every account has the default. */
  region?: string;
  signal?: AbortSignal;
  /** Has a region swept once for all who work on the run; without it, once for this session. */
  sharedSweep?: SharedSweep;
}

/** What `sweep` gives, or gave whoever came first in `region`. It is asked once a session and region, unless it was cancelled. */
export type SharedSweep = (region: string, sweep: () => Promise<Sweep>, signal?: AbortSignal) => Promise<Sweep>;

/** Opens a session without calling AWS: the role is assumed at the first use, once for the whole process. */
export function openSession(grant: RoleGrant, feature: SessionFeature, options: SessionOptions = {}): AwsSession {
  const credentials = roleCredentials(grant, feature, sessionPolicies()[feature]);
  const home = options.region ?? HOME_REGION;
  const sweeps = new Map<string, Promise<Sweep>>();

  function at(region: string, { signal = options.signal, ...other }: AccessOptions = {}): AwsAccess {
    return accessIn(region, { ...other, signal }, { current: null });
  }

  function accessIn(
    region: string,
    { priority = 0, signal, meter, onThrottle }: AccessOptions,
    failed: { current: Failure | null },
  ) {
    // Hundreds of calls may wait on one run's signal; Node would take more than ten for a leak and warn.
    if (signal) setMaxListeners(0, signal);
    const scope: CallScope = {
      awsAccountId: grant.awsAccountId,
      region: region === GLOBAL_REGION ? home : region,
      priority,
      signal,
      credentials,
      meter,
      onThrottle,
    };
    const access: AwsAccess = {
      place: { awsAccountId: grant.awsAccountId, region },
      ec2: () => clientFor("ec2", scope),
      s3: () => clientFor("s3", scope),
      lambda: () => clientFor("lambda", scope),
      rds: () => clientFor("rds", scope),
      dynamodb: () => clientFor("dynamodb", scope),
      elbv2: () => clientFor("elbv2", scope),
      cloudformation: () => clientFor("cloudformation", scope),
      iam: () => clientFor("iam", scope),
      sts: () => clientFor("sts", scope),
      ce: () => clientFor("ce", scope),
      tagging: () => clientFor("tagging", scope),
      at: (other) => accessIn(other, { priority, signal, meter, onThrottle }, failed),
      async sweptTags() {
        for (;;) {
          const swept = await (sweeps.get(scope.region) ?? startSweep(access, scope));
          if (swept instanceof Map) return swept;
          if (swept !== "cancelled") {
            failed.current = swept;
            return null;
          }
          // Whoever had begun it was cancelled; that ends this access's wait only if it is cancelled too.
          signal?.throwIfAborted();
        }
      },
      sweepFailure: () => failed.current,
    };
    return access;
  }

  /** Once for the session, whichever collector comes first. A failed sweep is an answer too: nobody asks again. */
  function startSweep(access: AwsAccess, { region, signal }: CallScope): Promise<Sweep> {
    const sweep = (options.sharedSweep ?? unshared)(region, () => sweepOnce(access, signal), signal);
    sweeps.set(region, sweep);
    const forget = () => sweeps.delete(region);
    void sweep.then((swept) => swept === "cancelled" && forget(), forget);
    return sweep;
  }

  return { grant, feature, at, enabledRegions: () => enabledRegions(at(home)) };
}

/** What a sweep came to; "cancelled" where its signal ended it. */
export type Sweep = SweptTags | Failure | "cancelled";

const unshared: SharedSweep = (_, sweep) => sweep();

async function sweepOnce(access: AwsAccess, signal?: AbortSignal): Promise<Sweep> {
  try {
    return await sweepTags(await access.tagging(), sweptTypes());
  } catch (error) {
    return signal?.aborted ? "cancelled" : toFailure(error);
  }
}

/** Enabled in every account of the partition. */
export const HOME_REGION = "us-east-1";

async function enabledRegions(access: AwsAccess): Promise<string[]> {
  const { DescribeRegionsCommand } = await import("@aws-sdk/client-ec2");
  const { Regions = [] } = await (await access.ec2()).send(new DescribeRegionsCommand({ AllRegions: false }));
  return Regions.flatMap(({ RegionName, OptInStatus }) =>
    RegionName && OptInStatus !== "not-opted-in" ? [RegionName] : [],
  ).sort();
}
