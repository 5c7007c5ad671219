import { AccountPlace } from "./place";
import { registerCloudFormation } from "./cloudformation";
import { registerDatabases } from "./databases";
import { registerEc2 } from "./ec2";
import { registerLambda } from "./lambda";
import { registerLoadBalancing } from "./load-balancing";
import { registerS3 } from "./s3";
import { registerTagging } from "./tagging";
import type { Sim } from "../wire/sim";
import type { World } from "../world";

/** Registers every simulated service over the world of the moment. */
export function registerServices(sim: Sim, world: () => World): void {
  const at = new AccountPlace(world);
  for (const register of [registerEc2, registerS3, registerLambda, registerDatabases, registerLoadBalancing, registerCloudFormation, registerTagging]) register(sim, at);
}

/** What clients need to be made at all; the simulation never calls AWS with them. */
export { clientConfig } from "./place";
