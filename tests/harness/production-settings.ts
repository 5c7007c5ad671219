/**
 * Settings as a production has them, with a Clerk application that does not exist: who is signed in nobody can say, and
 * everything else works.
 */
export function productionSettings(databaseUrl: string, port: number): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_live_${Buffer.from("clerk.example.com$").toString("base64")}`,
    CLERK_SECRET_KEY: "sk_live_of_no_application",
    AWS_REGION: "us-east-1",
    APP_URL: `http://localhost:${port}`,
    METRICS_TOKEN: "metrics-token-of-a-test",
    CRON_SECRET: "cron-secret-of-a-test",
    LOG_LEVEL: "info",
    PATH: process.env.PATH ?? "",
  };
}
