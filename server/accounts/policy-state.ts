import type { Failure } from "../aws/failure";
import { POLICY_VERSION, versionIn } from "./role-policy";
import type { ConnectionCheck } from "./views";

/** Whether the role's policies are today's, told from its inline documents or from why they could not be read. */
export function policyState(documents: string[] | Failure): ConnectionCheck["policy"] {
  const unknown = (note: string) => ({ current: POLICY_VERSION, found: null, isOutdated: null, note });
  if (!Array.isArray(documents)) return unknown(`The role's policies could not be read: ${documents.message}`);
  const found = versionIn(documents);
  if (found === null)
    return unknown(
      "The role carries none of CloudGuard's own policies, so their version is unknown. The probes tell what it allows.",
    );
  const isOutdated = found < POLICY_VERSION;
  const note = isOutdated
    ? `The role's policies are of ${found}; today's are of ${POLICY_VERSION}. Make the role again to update them.`
    : null;
  return { current: POLICY_VERSION, found, isOutdated, note };
}
