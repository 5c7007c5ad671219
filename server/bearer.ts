import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether `authorization` is `Bearer` with this secret; false where no secret is set, so that a door without one stays shut.
 * Compared as digests: neither length nor the first differing byte shows in the time it takes.
 */
export function bearerFits(authorization: string | null, secret: string | undefined): boolean {
  if (!secret) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${secret}`));
}
