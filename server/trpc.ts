import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { sawUser } from "./active-users";
import { AppError, explain, trpcCode } from "./errors";
import { log, withLogContext } from "./log";
import { metrics } from "./metrics";
import { assertPlainText } from "./plain-text";
import { drawAllowance, drawAsStranger, type TrpcContext } from "./request-context";
import { sendSpansAfterResponse } from "./spans-after-response";
import { traced } from "./tracing";

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

/** Measures and traces each procedure. `next()` never rejects: its result is read. */
const measured = t.middleware(async ({ ctx, next, path, type }) => {
  const startedAt = performance.now();
  if (ctx.identity) sawUser(ctx.identity.clerkUserId);
  const result = await traced(path, { "cloudguard.request_id": ctx.requestId, "trpc.type": type }, () => next(), {
    parent: ctx.traceparent,
    failureOf: (answer) => (answer.ok ? null : answer.error.code),
  });
  await sendSpansAfterResponse();
  const outcome = result.ok ? "ok" : result.error.code;
  metrics.procedures.observe({ procedure: path, outcome }, (performance.now() - startedAt) / 1000);
  if (outcome === "UNAUTHORIZED") metrics.authFailures.inc({ door: "procedure" });
  return result;
});

/** Logs what failed with its request id, and turns our errors into tRPC's. */
const told = t.middleware(async ({ ctx, next, path, getRawInput }) => {
  const { requestId, identity } = ctx;
  const of = { requestId, tenantId: identity?.tenantId, clerkUserId: identity?.clerkUserId };
  const fields = { ...of, ...accountIn(await getRawInput()) };
  return withLogContext(fields, async () => {
    const startedAt = performance.now();
    const result = await next();
    const outcome = result.ok ? "ok" : result.error.code;
    log.debug({ path, outcome, ms: Math.round(performance.now() - startedAt) }, "a procedure was called");
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

/** The account that a procedure is asked about; what was sent is not parsed yet. */
function accountIn(input: unknown): { accountId?: string } {
  const id = typeof input === "object" && input !== null && "accountId" in input ? input.accountId : undefined;
  return typeof id === "string" && id.length <= 100 ? { accountId: id } : {};
}

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

const signedIn = t.middleware(async ({ ctx, next }) => {
  if (!ctx.identity) {
    await drawAsStranger(ctx);
    throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  }
  return next({ ctx: { ...ctx.identity, identity: ctx.identity } });
});

/** An API key may have been given for reading alone. */
const withinScope = t.middleware(({ ctx, type, next }) => {
  if (type === "mutation" && ctx.identity && !ctx.identity.mayWrite)
    throw new AppError("FORBIDDEN", "This API key may only read. Use one with the scope write.");
  return next();
});

/** Whoever changes something is written down by the address that they have now. */
const withEmail = t.middleware(async ({ ctx, type, next }) => {
  const email = type === "mutation" && ctx.identity ? await ctx.identity.email() : null;
  return next({ ctx: { sender: { ...ctx.sender, email } } });
});

/** Anybody who is signed in to the tenant. */
export const memberProcedure = t.procedure
  .use(measured)
  .use(told)
  .use(signedIn)
  .use(askedByOurselves)
  .use(withinAllowance)
  .use(plainText)
  .use(withinScope)
  .use(withEmail);

/** Who may connect, disconnect, set schedules, caps and rules, and delete. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!ctx.isAdmin) throw new AppError("FORBIDDEN", "Only an admin of the organisation may do this. Ask one of them.");
  return next();
});

export const { router, createCallerFactory } = t;
