/** Pure: which Clerk this process talks to, real or the local stand-in, refusing any mixture. Edge-safe, no I/O. */

const LOCAL_PUBLISHABLE_KEY = "pk_test_" + btoa("clerk.cloudguard.invalid$").replace(/=+$/, "");
const standInOnly = ["CLERK_FAPI_URL", "CLERK_API_URL", "CLOUDGUARD_LOCAL_AUTH", "CLERK_LOCAL_PRIVATE_KEY"];

export interface ClerkMode {
  isLocal: boolean;
  /** Verifies sessions without a call; only the stand-in's. */
  jwtKey: string | undefined;
}

/** Throws, naming the variables, where real keys and the stand-in's settings stand side by side or a half is missing. */
export function clerkMode(env: Record<string, string | undefined>): ClerkMode {
  const { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishable, CLERK_SECRET_KEY: secret, CLERK_JWT_KEY: jwtKey } = env;
  if (!publishable !== !secret) throw new Error(`Set both NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY: ${publishable ? "CLERK_SECRET_KEY" : "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"} is missing.`);
  const isLocal = publishable === LOCAL_PUBLISHABLE_KEY;
  if (isLocal && env.CLOUDGUARD_LOCAL_AUTH !== "1")
    throw new Error("The local Clerk stand-in's publishable key is set without CLOUDGUARD_LOCAL_AUTH=1: refusing to serve.");
  const strays = isLocal ? [] : [...standInOnly, "CLERK_JWT_KEY"].filter((name) => env[name]);
  if (strays.length > 0) throw new Error(`${strays.join(", ")} belong to the local Clerk stand-in and must not be set with real Clerk keys.`);
  return { isLocal, jwtKey };
}

/** Whether a Host header's name is this machine: the only one that the stand-in serves. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
