import { z } from "zod";
import type { World } from "./world";

export const liveChangeShape = z.strictObject({
  account: z.string().regex(/^\d{12}$/, "must be twelve digits"),
  region: z.string(),
  /** The stack's name. */
  stack: z.string(),
  logicalId: z.string(),
  /** Properties to set on the live resource, leaving its template as it is; null deletes it behind CloudFormation's back. */
  live: z.record(z.string(), z.unknown()).nullable(),
});

/** Makes a stack drift by changing what is really there. Throws where there is no such resource. */
export function changeLive(
  world: World,
  { account, region, stack, logicalId, live }: z.output<typeof liveChangeShape>,
): void {
  const place = world.accounts.get(account)?.regions.get(region);
  const id = place?.stacks.find(
    ({ StackName, StackStatus }) => StackName === stack && StackStatus !== "DELETE_COMPLETE",
  )?.StackId;
  const contents = (id && place?.stackContents.get(id)) || [];
  const resource = contents.find((one) => one.logicalId === logicalId);
  if (!place || !id || !resource)
    throw new Error(`There is no ${logicalId} in stack ${stack} in ${region} of account ${account}.`);
  const changed = { ...resource, live: live && { ...resource.live, ...live } };
  place.stackContents.set(
    id,
    contents.map((one) => (one === resource ? changed : one)),
  );
  world.serial += 1;
}
