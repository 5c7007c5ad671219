import { standInPublishableKey } from "../server/clerk-mode";
import { publicKeyOf, type LocalSecrets } from "./local-secrets";
import type { WorldChoice } from "./settings";

type Env = Record<string, string | undefined>;

/** Where the local parts of the world listen; a part that the person replaced is not needed. */
export interface Addresses {
  app: string;
  clerk: string;
  aws: string;
  databaseUrl: string;
}

/** CloudGuard's own user in the simulated AWS. */
const simulatedKeys = { AWS_ACCESS_KEY_ID: "AKIACLOUDGUARDDEMO00", AWS_SECRET_ACCESS_KEY: "cloudguard-demo-secret" };

/** The application's settings in the world of `choice`: the person's own, and ours where they brought none. Pure. */
export function appEnv(given: Env, choice: WorldChoice, secrets: LocalSecrets, at: Addresses): Env {
  return {
    ...given,
    APP_URL: given.APP_URL || at.app,
    DATABASE_URL: at.databaseUrl,
    AWS_REGION: choice.region,
    CRON_SECRET: given.CRON_SECRET || secrets.cronSecret,
    NEXT_TELEMETRY_DISABLED: "1",
    ...(choice.clerk === "stand-in" && clerkEnv(secrets, at.clerk)),
    ...(choice.aws === "simulated" && {
      ...simulatedKeys,
      AWS_ENDPOINT_URL: at.aws,
      ROLE_TEMPLATE_URL: `${at.aws}/_sim/templates/cloudguard-role.json`,
      AWS_CONSOLE_URL: `${at.aws}/console`,
    }),
  };
}

/** What of these settings a build puts into the browser's files. */
export function buildEnv(given: Env, choice: WorldChoice, secrets: LocalSecrets): Env {
  return choice.clerk === "stand-in" ? { ...given, ...clerkEnv(secrets, "http://127.0.0.1:1") } : given;
}

/** Also what the stand-in's own process reads, beside its private key. */
export function clerkEnv(secrets: LocalSecrets, clerkUrl: string): Record<string, string> {
  return {
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: standInPublishableKey,
    CLERK_SECRET_KEY: secrets.clerkSecretKey,
    CLERK_JWT_KEY: publicKeyOf(secrets.clerkPrivateKey),
    CLERK_FAPI_URL: clerkUrl,
    CLERK_API_URL: clerkUrl,
    // Relative, so that Clerk's scripts load from our own origin and no call leaves the machine.
    NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
    NEXT_PUBLIC_CLERK_SIGN_IN_URL: "/sign-in",
    NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
    NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: "1",
    NEXT_PUBLIC_CLERK_UNSAFE_DISABLE_DEVELOPMENT_MODE_CONSOLE_WARNING: "1",
    CLOUDGUARD_LOCAL_AUTH: "1",
  };
}
