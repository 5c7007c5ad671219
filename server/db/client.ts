import { Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { AppError } from "../errors";
import { log } from "../log";
import { perProcess } from "../per-process";
import { PrismaClient, type Prisma } from "./generated/client";
import { measured } from "./measure";

/** The tenant that a request works for: an organisation's id or a person's. Only `server/auth.ts` and a claimed row mint one. */
export type TenantId = string & { readonly __brand: "TenantId" };

/** A transaction that already carries its tenant. */
export type TenantTx = Prisma.TransactionClient & { readonly __scope?: "tenant" };
/** A transaction that sees job columns of every tenant, and nothing else. */
export type SystemTx = Prisma.TransactionClient & { readonly __scope?: "system" };

// Times go to the driver as UTC text without an offset, and a server's own time zone would move them: hence the timezone.
const limits = { maxWait: 10_000, timeout: 30_000 };

/**
 * A process that is stopped in the middle of a transaction keeps its locks for as long as its connection lives. PostgreSQL ends a
 * transaction that says nothing for so long, well before its lease has run out, so that whoever takes the row over can have it. Set in each
 * transaction, as a pooler in transaction mode hands out connections that it has set up itself.
 */
const IDLE_IN_TRANSACTION_MS = "20000";

/**
 * Runs `work` in one transaction as `tenantId`: PostgreSQL's row-level security shows and takes only that tenant's rows.
 * The only way to tenant data. `clerkUserId` makes that person's own User row visible.
 */
export async function forTenant<T>(
  tenantId: TenantId,
  work: (tx: TenantTx) => Promise<T>,
  { clerkUserId = "" }: { clerkUserId?: string } = {},
): Promise<T> {
  return measured("tenant", () =>
    client().$transaction(async (tx) => {
      await tx.$queryRaw`select set_config('timezone', 'UTC', true), set_config('idle_in_transaction_session_timeout', ${IDLE_IN_TRANSACTION_MS}, true), set_config('role', 'cloudguard_app', true), set_config('app.tenant', ${tenantId}, true), set_config('app.user', ${clerkUserId}, true)`;
      return work(tx);
    }, limits),
  );
}

/** Runs `work` as the role that claims due rows: it sees the job columns of all tenants and no customer's data. */
export async function asSystem<T>(work: (tx: SystemTx) => Promise<T>): Promise<T> {
  return measured("system", () =>
    client().$transaction(async (tx) => {
      await tx.$queryRaw`select set_config('timezone', 'UTC', true), set_config('idle_in_transaction_session_timeout', ${IDLE_IN_TRANSACTION_MS}, true), set_config('role', 'cloudguard_system', true)`;
      return work(tx);
    }, limits),
  );
}

/**
 * Runs `work` as the role that deletes what its time has passed for: with a `tenantId` it sees and deletes that tenant's rows
 * alone, without one those of all tenants. It reads ids, times and nothing of the customer's.
 */
export async function asUpkeep<T>(
  work: (tx: SystemTx) => Promise<T>,
  { tenantId = "", timeoutMs = limits.timeout }: { tenantId?: string; timeoutMs?: number } = {},
): Promise<T> {
  return measured("upkeep", () =>
    client().$transaction(
      async (tx) => {
        await tx.$queryRaw`select set_config('timezone', 'UTC', true), set_config('idle_in_transaction_session_timeout', ${IDLE_IN_TRANSACTION_MS}, true), set_config('role', 'cloudguard_upkeep', true), set_config('app.tenant', ${tenantId}, true)`;
        return work(tx);
      },
      { ...limits, timeout: timeoutMs },
    ),
  );
}

/** Throws unless row-level security binds this process: a superuser or BYPASSRLS login would silently see every tenant. */
export async function assertRowSecurityBinds(): Promise<void> {
  const [login] = await client().$queryRaw<{ name: string; exempt: boolean; member: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls as exempt,
           (select count(*) from pg_roles r where r.rolname in ('cloudguard_app', 'cloudguard_system', 'cloudguard_upkeep') and pg_has_role(current_user, r.oid, 'MEMBER')) = 3 as member
    from pg_roles where rolname = current_user`;
  if (!login || login.exempt) throw exemptLogin(login?.name);
  if (!login.member)
    throw new AppError(
      "INTERNAL",
      `The database login ${login.name} may not act as cloudguard_app, cloudguard_system and cloudguard_upkeep. Run the migrations as this login, or grant it these roles.`,
    );
}

/** Of a login that row-level security does not bind. */
export const exemptLogin = (name: string | undefined) =>
  new AppError(
    "INTERNAL",
    `The database login ${name} is a superuser or has BYPASSRLS, so tenants would not be kept apart. Give CloudGuard a login with NOSUPERUSER NOBYPASSRLS.`,
  );

/** True when the database answers, and soon. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await soon(client().$queryRaw`select 1`);
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // whatever is wrong with it, it does not answer
    throw error;
  }
}

/**
 * What `work` gives, unless the database lets it wait: probes and Prometheus hang up after some seconds, and would learn nothing of a
 * database that hangs. Rejects with an error that `isUnreachable` knows.
 */
export async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(saidNothing("the database did not answer in time")), SOON_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const SOON_MS = 2_500;

/** The names of the migrations that the database has seen through, none where it was never migrated. */
export async function appliedMigrations(): Promise<string[]> {
  const [table] = await client().$queryRaw<
    { exists: boolean }[]
  >`select to_regclass('_prisma_migrations') is not null as exists`;
  if (!table?.exists) return [];
  const rows = await client().$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1`;
  return rows.map(({ name }) => name);
}

/** The process's connections: `waiting` is how many transactions ask for one and have none. */
export function poolUse(): { inUse: number; idle: number; waiting: number; most: number } {
  const { pool } = held;
  if (!pool) return { inUse: 0, idle: 0, waiting: 0, most: poolMax() };
  return {
    inUse: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    most: poolMax(),
  };
}

/** Closes the pool, at the end of a process or of a test. */
export async function disconnect(): Promise<void> {
  const { prisma, pool } = held;
  held.prisma = held.pool = undefined;
  await prisma?.$disconnect();
  await pool?.end();
}

// Next.js reloads modules in development and bundles them more than once: one pool a process.
const held = perProcess<{ prisma?: PrismaClient; pool?: pg.Pool; silenceMs: number }>("database", () => ({
  silenceMs: limits.timeout + 10_000,
}));

/** For a process whose statements take longer than a transaction usually may, before it connects. */
export function allowSilence(ms: number): void {
  held.silenceMs = ms;
}

const poolMax = () => Number(process.env.DATABASE_POOL_MAX || 10);

/** The process's connections, bare: for counts that belong to no tenant. Tenant data is reached by `forTenant` alone. */
export function pool(): pg.Pool {
  if (!held.pool) {
    const connectionString = process.env.DATABASE_URL;
    if (!connectionString) throw new Error("DATABASE_URL is not set");
    held.pool = new pg.Pool({
      connectionString,
      max: poolMax(),
      connectionTimeoutMillis: limits.maxWait,
      stream: socket,
    });
    // An idle connection that the server ends is no reason to end the process: the pool opens another.
    held.pool.on("error", (error) => log.warn({ err: error }, "an idle database connection ended"));
  }
  return held.pool;
}

/**
 * One that is given up where the database says nothing for longer than any transaction may take: after a failover the old
 * connections lead nowhere, and the operating system would keep the pool full of them for a quarter of an hour.
 */
function socket(): Socket {
  const made = new Socket();
  return made.setTimeout(held.silenceMs, () => made.destroy(saidNothing("the connection to the database went silent")));
}

const saidNothing = (message: string) => Object.assign(new Error(message), { code: "ETIMEDOUT" });

function client(): PrismaClient {
  return (held.prisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) }));
}
