import { AsyncLocalStorage } from "node:async_hooks";
import { format } from "node:util";
import pino from "pino";
import { perProcess } from "./per-process";
import { redacted, withoutSecrets } from "./redaction";

/** What every line of one request or job carries. */
export interface LogContext {
  requestId?: string;
  tenantId?: string;
  clerkUserId?: string;
  accountId?: string;
  job?: string;
}

const context = perProcess("logContext", () => new AsyncLocalStorage<LogContext>());

/**
 * Structured lines on stdout; `LOG_LEVEL` from `fatal` to `debug`. Whatever is named or looks like a credential is redacted,
 * in fields, messages and errors alike.
 */
export const log = pino(
  {
    level: levelOf(process.env.LOG_LEVEL),
    // Errors are flattened first, so that what AWS or Prisma hung on them is looked at too.
    formatters: { log: (fields) => redacted(withPlainErrors(fields)) as Record<string, unknown> },
    serializers: { err: (flattened: unknown) => flattened },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown[];
        // An error that stands alone lends its message to the line.
        const told = first instanceof Error ? [{ err: first }, rest[0] ?? first.message] : [first, ...rest];
        const safe = told.map((arg) => (typeof arg === "string" ? withoutSecrets(arg) : arg));
        method.apply(this, safe as Parameters<typeof method>);
      },
    },
    mixin: () => context.getStore() ?? {},
  },
  // Where nobody reads stdout any more a process could not end: what waits to be written is tried again for ever on exit. Nothing waits.
  pino.destination({ dest: 1, sync: true }),
);

export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

/** Leads what the framework and libraries write to the console through the log: their lines are structured and redacted as ours are. */
export function logConsole(): void {
  for (const level of ["error", "warn"] as const) console[level] = (...said: unknown[]) => log[level](format(...said));
}

function withPlainErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? plain(value) : value]),
  );
}

/**
 * pino's own serializer, as a plain object: it keeps causes and own fields. Not the whole client that `pg` hangs on the error of
 * an idle connection: pages of it, and the key by which anybody may cancel its statements.
 */
function plain(error: Error): object {
  const { raw: _raw, client: _client, ...told } = pino.stdSerializers.err(error);
  return told;
}

/** A wrong level is named when the settings are checked; until then the process logs as usual. */
function levelOf(wanted: string | undefined): string {
  return wanted && (wanted === "silent" || wanted in pino.levels.values) ? wanted : "info";
}
