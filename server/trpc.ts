import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { AppError, explain, trpcCode } from "./errors";
import { log, withLogContext } from "./log";
import { drawAllowance, type TrpcContext } from "./request-context";

/** What a procedure says of itself. `costs` is one that makes AWS work: it has the smaller allowance. */
interface ProcedureMeta {
  costs?: boolean;
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    errorFormatter({ shape, error, ctx }) {
      const { message, code, fields, data } = explain(error, ctx?.requestId);
      return {
        ...shape,
        message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          appCode: code,
          requestId: ctx?.requestId ?? null,
          fields,
          details: data,
        },
      };
    },
  });

/** Logs what failed with its request id, and turns our errors into tRPC's. `next()` never rejects: its result is read. */
const told = t.middleware(async ({ ctx, next, path }) => {
  const fields = { requestId: ctx.requestId, tenantId: ctx.identity?.tenantId, clerkUserId: ctx.identity?.clerkUserId };
  return withLogContext(fields, async () => {
    const result = await next();
    if (result.ok) return result;
    const cause = result.error.cause;
    if (cause instanceof AppError) {
      log.info({ path, code: cause.code }, cause.message);
      throw new TRPCError({ code: trpcCode(cause.code), message: cause.message, cause });
    }
    if (result.error.code === "INTERNAL_SERVER_ERROR")
      log.error({ path, err: cause ?? result.error }, "unexpected error");
    return result;
  });
});

/** A browser sends our cookies along with whatever a page of another site asks for; only its Origin tells the two apart. */
const askedByOurselves = t.middleware(({ ctx, type, next }) => {
  const { hasCookieOnly, isFromOurPage } = ctx.sender;
  if (type === "mutation" && hasCookieOnly && !isFromOurPage)
    throw new AppError(
      "FORBIDDEN",
      "A page of another site asked for this change. Open CloudGuard itself and try again.",
    );
  return next();
});

const withinAllowance = t.middleware(async ({ ctx, meta, next }) => {
  await drawAllowance(ctx, { costs: meta?.costs ?? false });
  return next();
});

/** PostgreSQL's text holds no NUL: refused here once, not by every procedure or, worse, by the database. */
const plainText = t.middleware(async ({ getRawInput, next }) => {
  if (hasNul(await getRawInput()))
    throw new AppError("BAD_REQUEST", "The input has a NUL character, which no text here may have. Take it out.");
  return next();
});

/** Anybody who is signed in to the tenant. */
export const memberProcedure = t.procedure
  .use(told)
  .use(askedByOurselves)
  .use(withinAllowance)
  .use(plainText)
  .use(async ({ ctx, type, next }) => {
    const { identity, requestId } = ctx;
    if (!identity) throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
    if (type === "mutation" && !identity.mayWrite)
      throw new AppError("FORBIDDEN", "This API key may only read. Use one with the scope write.");
    // Whoever changes something is written down by the address that they have now.
    const sender = type === "mutation" ? { ...ctx.sender, email: await identity.email() } : ctx.sender;
    return next({ ctx: { ...identity, requestId, sender } });
  });

/** Who may connect, disconnect, set schedules, caps and rules, and delete. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!ctx.isAdmin) throw new AppError("FORBIDDEN", "Only an admin of the organisation may do this. Ask one of them.");
  return next();
});

export const { router, createCallerFactory } = t;

function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.entries(value).flat().some(hasNul);
}
