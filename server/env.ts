import { z } from "zod";
import { databaseUrlForm, isDatabaseUrl } from "./database-url";

const secret = z.string().min(16, "must have at least 16 characters");
const url = z.url("must be an address such as https://cloudguard.example.com");
const days = whole(1, 3650);
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** The server's settings, checked once and lazily: `next build` needs none of them. */
const schema = z.object({
  DATABASE_URL: z.string().refine(isDatabaseUrl, databaseUrlForm),
  CRON_SECRET: secret.optional(),
  METRICS_TOKEN: secret.optional(),
  CLOUDGUARD_PRINCIPAL_ARN: z
    .string()
    .regex(/^arn:aws:iam::\d{12}:(root|role\/.+|user\/.+)$/, "must be an IAM ARN")
    .optional(),
  ROLE_TEMPLATE_URL: url.optional(),
  AWS_CONSOLE_URL: url.optional(),
  APP_URL: url,
  RATE_LIMIT_COSTLY_PER_MINUTE: whole(1).default(10),
  RATE_LIMIT_REQUESTS_PER_MINUTE: whole(1).default(600),
  RATE_LIMIT_SHARED_FACTOR: whole(1).default(3),
  CLIENT_ADDRESS_HEADER: z
    .string()
    .regex(/^[\w-]+$/, "must be a header's name")
    .default("x-forwarded-for"),
  TRUSTED_PROXIES: whole(1, 10).default(1),
  WORKER: z.enum(["on", "off"], "must be on or off").default("on"),
  WORKER_PORT: whole(1, 65_535).optional(),
  DATABASE_POOL_MAX: whole(2, 500).default(10),
  AWS_CONCURRENCY: whole(1, 1000).default(50),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(", ")}`).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  RETAIN_GONE_DAYS: days.default(90),
  RETAIN_HISTORY_DAYS: days.default(400),
  RETAIN_AUDIT_DAYS: days.default(400),
  RETAIN_COST_DAYS: days.default(800),
  RETAIN_EXTERNAL_ID_DAYS: days.default(90),
  SYNC_INTERVAL_MINUTES: whole(5, 1440).default(15),
});

export type Env = z.infer<typeof schema>;

/** What this file checks, by name. */
export const settingNames = Object.keys(schema.shape);

/** The settings of `source`; throws one sentence that names every setting that is missing or wrong. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(present);
  const wrong = (parsed.error?.issues ?? []).map(
    (issue) => `${issue.path.join(".")} ${present[String(issue.path[0])] === undefined ? "is missing" : issue.message}`,
  );
  const problems = [...wrong, ...halfPair(present)];
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new Error(`CloudGuard's settings are incomplete: ${problems.join("; ")}. See .env.example.`);
}

/** A number as a setting says it. */
function whole(from: number, to?: number) {
  const form = `must be a whole number ${to ? `from ${from} to ${to}` : `of at least ${from}`}`;
  return z.coerce
    .number(form)
    .int(form)
    .min(from, form)
    .max(to ?? Infinity, form);
}

/** AWS's SDK passes over half a pair, and takes whatever identity it finds next. */
function halfPair(present: Record<string, string | undefined>): string[] {
  const pair = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const given = pair.filter((name) => present[name]);
  const missing = pair.filter((name) => !present[name]);
  return given.length === 1 ? [`${missing.join()} is missing beside ${given.join()}`] : [];
}

let cached: Env | undefined;

/** The settings of this process. */
export function env(): Env {
  return (cached ??= readEnv());
}
