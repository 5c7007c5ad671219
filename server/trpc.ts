import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z, ZodError } from "zod";
import { AppError, trpcCode } from "./errors";
import { log, withLogContext } from "./log";
import { assertPlainText } from "./plain-text";
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
      const cause = error.cause;
      const isExpected = error.code !== "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: messageOf(error, ctx?.requestId),
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          appCode: cause instanceof AppError ? cause.code : isExpected ? error.code : "INTERNAL",
          requestId: ctx?.requestId ?? null,
          fields: fieldsOf(cause),
          details: cause instanceof AppError ? cause.details.data : undefined,
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

const plainText = t.middleware(async ({ getRawInput, next }) => {
  assertPlainText(await getRawInput());
  return next();
});

const signedIn = t.middleware(({ ctx, next }) => {
  if (!ctx.identity) throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  return next({ ctx: { ...ctx.identity, identity: ctx.identity } });
});

/** Whoever changes something is written down by the address that they have now. */
const withEmail = t.middleware(async ({ ctx, type, next }) => {
  const email = type === "mutation" && ctx.identity ? await ctx.identity.email() : null;
  return next({ ctx: { sender: { ...ctx.sender, email } } });
});

/** Anybody who is signed in to the tenant. */
export const memberProcedure = t.procedure
  .use(told)
  .use(signedIn)
  .use(askedByOurselves)
  .use(withinAllowance)
  .use(plainText)
  .use(withEmail);

/** Who may connect, disconnect, set schedules, caps and rules, and delete. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!ctx.isAdmin) throw new AppError("FORBIDDEN", "Only an admin of the organisation may do this. Ask one of them.");
  return next();
});

export const { router, createCallerFactory } = t;

function messageOf(error: TRPCError, requestId: string | undefined): string {
  if (error.cause instanceof AppError && error.cause.code !== "INTERNAL") return error.cause.message;
  if (error.cause instanceof ZodError) return z.prettifyError(error.cause);
  if (error.code === "INTERNAL_SERVER_ERROR")
    return `Something failed on our side. Try again; if it stays, quote ${requestId}.`;
  return error.message;
}

function fieldsOf(cause: unknown): Record<string, string> | undefined {
  if (cause instanceof AppError) return cause.details.fields;
  if (cause instanceof ZodError)
    return Object.fromEntries(cause.issues.map((issue) => [issue.path.join("."), issue.message]));
  return undefined;
}
