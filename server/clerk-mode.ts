/** The stand-in's frontend API: a name that can never be registered, so its tokens can never be taken for Clerk's own. */
export const standInHost = "clerk.cloudguard.invalid";
export const standInPublishableKey = `pk_test_${btoa(`${standInHost}$`).replace(/=+$/, "")}`;

/** Only the stand-in sets these. */
const standInSettings = ["CLOUDGUARD_LOCAL_AUTH", "CLERK_FAPI_URL", "CLERK_API_URL", "CLERK_LOCAL_PRIVATE_KEY"];

export interface ClerkMode {
  isLocal: boolean;
  publishableKey: string;
  /** The key that the stand-in's session tokens are checked against. Real Clerk's comes from its own JWKS. */
  jwtKey: string | undefined;
}

/**
 * Which Clerk this process talks to: the real one, or the local stand-in. Pure, and safe on the Edge. Throws with the
 * reason where the settings could mean both, so that a stand-in's key never opens a door that real keys guard.
 */
export function clerkMode(env: Record<string, string | undefined>): ClerkMode {
  const publishableKey = env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY;
  const secretKey = env.CLERK_SECRET_KEY;
  if (!publishableKey && !secretKey)
    throw new Error("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are missing: nobody could sign in.");
  if (!publishableKey)
    throw new Error("CLERK_SECRET_KEY is set but NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing: set both or neither.");
  if (!secretKey)
    throw new Error("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is set but CLERK_SECRET_KEY is missing: set both or neither.");
  return isStandIn(publishableKey) ? standIn(env, publishableKey) : realClerk(env, publishableKey);
}

function standIn(env: Record<string, string | undefined>, publishableKey: string): ClerkMode {
  if (env.CLOUDGUARD_LOCAL_AUTH !== "1")
    throw new Error(
      "The publishable key is the local Clerk stand-in's, but CLOUDGUARD_LOCAL_AUTH=1 is not set: refusing to serve.",
    );
  if (env.CLERK_SECRET_KEY?.startsWith("sk_live_"))
    throw new Error(
      "CLERK_SECRET_KEY is a real Clerk key beside the local stand-in's publishable key: use one or the other.",
    );
  if (!env.CLERK_JWT_KEY)
    throw new Error("CLERK_JWT_KEY is missing: the local Clerk stand-in's tokens could not be checked.");
  for (const name of ["CLERK_FAPI_URL", "CLERK_API_URL"]) {
    const url = env[name];
    if (!url || !isLoopback(new URL(url).hostname))
      throw new Error(`${name} must be the local Clerk stand-in's address on this machine.`);
  }
  return { isLocal: true, publishableKey, jwtKey: env.CLERK_JWT_KEY };
}

function realClerk(env: Record<string, string | undefined>, publishableKey: string): ClerkMode {
  const foreign = standInSettings.filter((name) => env[name]);
  if (foreign.length > 0)
    throw new Error(`${foreign.join(", ")} must not be set beside real Clerk keys: they belong to the local stand-in.`);
  if (env.CLERK_JWT_KEY)
    throw new Error(
      "CLERK_JWT_KEY must not be set beside real Clerk keys: a left-over key of the local stand-in would accept its tokens. Clerk's own keys are read from Clerk.",
    );
  return { isLocal: false, publishableKey, jwtKey: undefined };
}

/** Whether this key is the local stand-in's. */
export function isStandIn(publishableKey: string | undefined): boolean {
  return publishableKey === standInPublishableKey;
}

/** True for the names and addresses of this machine alone. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
