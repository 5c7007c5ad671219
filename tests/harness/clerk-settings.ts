/** Import it before whatever imports Clerk, which reads its settings when it is loaded: those of the local stand-in. */
import { generateKeyPairSync } from "node:crypto";
import { USERS } from "../../demo/clerk/identities";
import { createSigner } from "../../demo/clerk/tokens";
import { standInHost, standInPublishableKey } from "../../server/clerk-mode";

export const origin = "http://localhost:3000";

/** The keys of an application of Clerk's, its signer, and a session of the demo's user for whoever opens `at`. */
export function clerkApplication({ issuer = `https://${standInHost}` } = {}) {
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const signer = createSigner(keys.privateKey, issuer);
  return {
    publicKey: keys.publicKey,
    signer,
    token: ({ at = origin, seconds = 60 } = {}) =>
      signer.sessionToken({ user: USERS[0]!, sessionId: "sess_1", origin: at, seconds }),
  };
}

/** The application whose keys this process has. */
export const ours = clerkApplication();

Object.assign(process.env, {
  CLOUDGUARD_LOCAL_AUTH: "1",
  NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: standInPublishableKey,
  CLERK_SECRET_KEY: "sk_test_local",
  CLERK_JWT_KEY: ours.publicKey,
  CLERK_FAPI_URL: "http://127.0.0.1:1",
  CLERK_API_URL: "http://127.0.0.1:1",
  APP_URL: origin,
});
