/** Pure: what AWS's words for a denial say of who denies. */

/**
 * The kind of policy that refused, where no statement in the role's own policies could grant what was asked: "service
 * control policy", "permissions boundary" and so on. Null where a statement is missing, and where AWS does not say.
 * The wordings: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusingPolicy(message: string): string | null {
  const explicit = /with an explicit deny in (?:an? |the )?([\w -]+?(?:policy|boundary))\b/i.exec(message)?.[1];
  if (explicit) return explicit.toLowerCase();
  const silent = /because no ([\w -]+?(?:policy|boundary)) allows\b/i.exec(message)?.[1]?.toLowerCase();
  return silent && !grantableInRole.has(silent) ? silent : null;
}

/** Ours to have right in the role, or in what CloudGuard asks of a session. */
const grantableInRole: ReadonlySet<string> = new Set(["identity-based policy", "session policy"]);
