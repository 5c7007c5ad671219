import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";

/** What every line of one request or job carries. */
export interface LogContext {
  requestId?: string;
  tenantId?: string;
  clerkUserId?: string;
  accountId?: string;
  job?: string;
}

const context = new AsyncLocalStorage<LogContext>();

/** Structured lines on stdout; `LOG_LEVEL` from `fatal` to `debug`. Whatever could be a credential is redacted by name. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  redact: {
    paths: ["password", "secret", "token", "authorization", "cookie", "credentials", "externalId"].flatMap((key) => [
      key,
      `*.${key}`,
      `*.*.${key}`,
    ]),
    censor: "[redacted]",
  },
  mixin: () => context.getStore() ?? {},
});

export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}
