import type { Sim } from "../wire/sim";
import type { World } from "../world";
import { registerCloudFormation } from "./cloudformation";
import { registerCostExplorer } from "./cost-explorer";
import { registerDatabases } from "./databases";
import { registerEc2 } from "./ec2";
import { registerLambda } from "./lambda";
import { registerLoadBalancing } from "./load-balancing";
import { AccountPlace } from "./place";
import { registerS3 } from "./s3";
import { registerTagging } from "./tagging";

/**
 * Registers every simulated service over the world of the moment. `now` (epoch milliseconds) is the clock of what takes
 * time in AWS, as drift detections do; `detectionMs` says how long those take.
 */
export function registerServices(
  sim: Sim,
  world: () => World,
  now: () => number = Date.now,
  detectionMs?: (resources: number, detectionId: string) => number,
): void {
  const at = new AccountPlace(world);
  registerEc2(sim, at);
  registerS3(sim, at);
  registerLambda(sim, at);
  registerDatabases(sim, at);
  registerLoadBalancing(sim, at);
  registerTagging(sim, at);
  registerCloudFormation(sim, at, now, detectionMs);
  registerCostExplorer(sim, at);
}

/** What clients need to be made at all; the simulation never calls AWS with them. */
export { clientConfig } from "./place";
