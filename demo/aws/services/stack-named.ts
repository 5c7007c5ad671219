import type { StackSummary } from "@aws-sdk/client-cloudformation";
import type { StackResource } from "../stack-contents";
import { AwsError } from "../wire/sim";
import type { Region } from "../world";

/** By id, or by name; a deleted stack answers to its id alone, as its name may have been used again. */
export function stackNamed(place: Region, nameOrId: string | undefined): StackSummary {
  const stack = place.stacks.find(
    ({ StackId, StackName, StackStatus }) =>
      StackId === nameOrId || (StackName === nameOrId && StackStatus !== "DELETE_COMPLETE"),
  );
  if (!stack) throw new AwsError("ValidationError", 400, `Stack with id ${nameOrId} does not exist`);
  return stack;
}

/** What the stack holds; empty for a deleted one. */
export function contentsOf(place: Region, stack: StackSummary): StackResource[] {
  return place.stackContents.get(stack.StackId!) ?? [];
}
