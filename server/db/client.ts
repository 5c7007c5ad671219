import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { AppError } from "../errors";
import { log } from "../log";
import { PrismaClient, type Prisma } from "./generated/client";

/** The tenant that a request works for: an organisation's id or a person's. Only `server/auth.ts` and a claimed row mint one. */
export type TenantId = string & { readonly __brand: "TenantId" };

/** A transaction that already carries its tenant. */
export type TenantTx = Prisma.TransactionClient & { readonly __scope?: "tenant" };
/** A transaction that sees job columns of every tenant, and nothing else. */
export type SystemTx = Prisma.TransactionClient & { readonly __scope?: "system" };

// Times go to the driver as UTC text without an offset, and a server's own time zone would move them: hence the timezone.
const limits = { maxWait: 10_000, timeout: 30_000 };

/**
 * Runs `work` in one transaction as `tenantId`: PostgreSQL's row-level security shows and takes only that tenant's rows.
 * The only way to tenant data. `clerkUserId` makes that person's own User row visible.
 */
export async function forTenant<T>(
  tenantId: TenantId,
  work: (tx: TenantTx) => Promise<T>,
  { clerkUserId = "" }: { clerkUserId?: string } = {},
): Promise<T> {
  return client().$transaction(async (tx) => {
    await tx.$queryRaw`select set_config('timezone', 'UTC', true), set_config('role', 'cloudguard_app', true), set_config('app.tenant', ${tenantId}, true), set_config('app.user', ${clerkUserId}, true)`;
    return work(tx);
  }, limits);
}

/** Runs `work` as the role that claims due rows: it sees the job columns of all tenants and no customer's data. */
export async function asSystem<T>(work: (tx: SystemTx) => Promise<T>): Promise<T> {
  return client().$transaction(async (tx) => {
    await tx.$queryRaw`select set_config('timezone', 'UTC', true), set_config('role', 'cloudguard_system', true)`;
    return work(tx);
  }, limits);
}

/** Throws unless row-level security binds this process: a superuser or BYPASSRLS login would silently see every tenant. */
export async function assertRowSecurityBinds(): Promise<void> {
  const [login] = await client().$queryRaw<{ name: string; exempt: boolean; member: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls as exempt,
           pg_has_role(current_user, 'cloudguard_app', 'MEMBER') and pg_has_role(current_user, 'cloudguard_system', 'MEMBER') as member
    from pg_roles where rolname = current_user`;
  if (!login || login.exempt)
    throw new AppError(
      "INTERNAL",
      `The database login ${login?.name} is a superuser or has BYPASSRLS, so tenants would not be kept apart. Give CloudGuard a login with NOSUPERUSER NOBYPASSRLS.`,
    );
  if (!login.member)
    throw new AppError(
      "INTERNAL",
      `The database login ${login.name} may not act as cloudguard_app and cloudguard_system. Run the migrations as this login, or grant it both roles.`,
    );
}

/** True when the database answers. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await client().$queryRaw`select 1`;
    return true;
  } catch (error) {
    if (error instanceof Error) return false; // whatever is wrong with it, it does not answer
    throw error;
  }
}

/** Closes the pool, at the end of a process or of a test. */
export async function disconnect(): Promise<void> {
  const { prisma, pool: open } = held;
  held.prisma = held.pool = undefined;
  await prisma?.$disconnect();
  await open?.end();
}

// Next.js reloads modules in development and bundles them more than once: one pool a process, kept on globalThis.
const held = globalThis as unknown as { prisma?: PrismaClient; pool?: pg.Pool };

/** The process's connections, bare: for counts that belong to no tenant. Tenant data is reached by `forTenant` alone. */
export function pool(): pg.Pool {
  if (!held.pool) {
    const connectionString = process.env.DATABASE_URL;
    if (!connectionString) throw new Error("DATABASE_URL is not set");
    held.pool = new pg.Pool({ connectionString, max: Number(process.env.DATABASE_POOL_MAX ?? 10) });
    // An idle connection that the server ends is no reason to end the process: the pool opens another.
    held.pool.on("error", (error) => log.warn({ err: error }, "an idle database connection ended"));
  }
  return held.pool;
}

function client(): PrismaClient {
  return (held.prisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) }));
}
