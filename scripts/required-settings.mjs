/** The names of the settings without which the production server does not start, as far as `env` lacks them. */
export function missingSettings(env) {
  const missing = ["DATABASE_URL", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY", "APP_URL"].filter(
    (name) => !env[name],
  );
  if (!env.AWS_REGION && !env.AWS_DEFAULT_REGION) missing.push("AWS_REGION");
  // Keys may come from the machine's own role; half a pair comes from a mistake.
  if (Boolean(env.AWS_ACCESS_KEY_ID) !== Boolean(env.AWS_SECRET_ACCESS_KEY))
    missing.push(env.AWS_ACCESS_KEY_ID ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID");
  return missing;
}
