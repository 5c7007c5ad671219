import { databaseUrlForm, isDatabaseUrl } from "../server/database-url";

type Env = Record<string, string | undefined>;

/** What of the world is local, and what the person brought. */
export interface WorldChoice {
  database: "local" | "given";
  clerk: "stand-in" | "real";
  aws: "simulated" | "real";
  /** The SDK reads AWS_REGION alone; AWS_DEFAULT_REGION is the CLI's name for it. */
  region: string;
}

/** The stand-in's own settings. Whoever finds one beside real keys has mixed two worlds. */
const standInSettings = [
  "CLOUDGUARD_LOCAL_AUTH",
  "CLERK_FAPI_URL",
  "CLERK_API_URL",
  "CLERK_LOCAL_PRIVATE_KEY",
  "CLERK_JWT_KEY",
];
const clerkKeys = ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"];

/** Every setting by which a person replaces a part of the world. */
const replacing = [
  ...standInSettings,
  ...clerkKeys,
  "DATABASE_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ROLE_ARN",
  "AWS_PROFILE",
  "AWS_ENDPOINT_URL",
];

/** `env` for a demo that is local throughout, whatever the shell and `.env` say: what is there, though empty, `.env` does not set. */
export function localThroughout(env: Env): Env {
  return { ...env, ...Object.fromEntries(replacing.map((name) => [name, ""])) };
}

/**
 * Decides from the settings of the shell and `.env` which parts of the demo's world the person replaces. Pure. Throws one
 * sentence on half a configuration and on a stand-in beside real keys.
 */
export function chooseWorld(env: Env): WorldChoice {
  return {
    database: chooseDatabase(env),
    clerk: chooseClerk(env),
    aws: chooseAws(env),
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1",
  };
}

function chooseDatabase(env: Env): WorldChoice["database"] {
  if (!env.DATABASE_URL) return "local";
  if (!isDatabaseUrl(env.DATABASE_URL))
    throw new Error(`DATABASE_URL ${databaseUrlForm}. Leave it out to use the local database.`);
  return "given";
}

function chooseClerk(env: Env): WorldChoice["clerk"] {
  const given = clerkKeys.filter((name) => env[name]);
  const stray = standInSettings.filter((name) => env[name]);
  if (given.length === 1) throw new Error(half(given, clerkKeys, "the local sign-in"));
  if (stray.length > 0)
    throw new Error(
      given.length > 0
        ? `${stray.join(", ")} must not be set beside real Clerk keys: they belong to the local stand-in.`
        : `${stray.join(", ")} must not be set: the demo makes its own. Leave out all Clerk settings for the local sign-in, or set ${clerkKeys.join(" and ")} for real Clerk.`,
    );
  return given.length === 2 ? "real" : "stand-in";
}

function chooseAws(env: Env): WorldChoice["aws"] {
  const pair = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const given = pair.filter((name) => env[name]);
  if (given.length === 1) throw new Error(half(given, pair, "the simulated AWS"));
  if (env.AWS_SESSION_TOKEN && given.length === 0)
    throw new Error(half(["AWS_SESSION_TOKEN"], ["AWS_SESSION_TOKEN", ...pair], "the simulated AWS"));
  const webIdentity = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"];
  const halfIdentity = webIdentity.filter((name) => env[name]);
  if (halfIdentity.length === 1) throw new Error(half(halfIdentity, webIdentity, "the simulated AWS"));
  const isReal = given.length === 2 || halfIdentity.length === 2 || Boolean(env.AWS_PROFILE);
  if (env.AWS_ENDPOINT_URL)
    throw new Error(
      isReal
        ? "AWS_ENDPOINT_URL must not be set beside AWS credentials: real credentials would go to a stand-in."
        : "AWS_ENDPOINT_URL must not be set: the demo points it at its own simulated AWS.",
    );
  return isReal ? "real" : "simulated";
}

function half(given: string[], all: string[], otherwise: string): string {
  const missing = all.filter((name) => !given.includes(name));
  return `${given.join(", ")} is set but ${missing.join(", ")} is missing: set all of them, or none to use ${otherwise}.`;
}
