/** Pure but for randomness: the ExternalIds that CloudGuard issues. */
import { randomBytes } from "node:crypto";

/** `cloudguard-` and 160 random bits in hexadecimal; AWS takes `[\w+=,.@:\/-]{2,1224}`. Not a secret, and never issued twice. */
export function newExternalId(): string {
  return `cloudguard-${randomBytes(20).toString("hex")}`;
}
