import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { identify, type Identity } from "./auth";
import { newRequestId } from "./context";
import { AppError, explain, trpcCode } from "./errors";
import { log, withLogContext } from "./log";

export interface TrpcContext {
  requestId: string;
  identity: Identity | null;
}

/** A context for one request, from its session. */
export async function createContext(): Promise<TrpcContext> {
  return { requestId: newRequestId(), identity: await identify() };
}

const t = initTRPC.context<TrpcContext>().create({
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

/** Anybody who is signed in to the tenant. */
export const memberProcedure = t.procedure.use(told).use(({ ctx, next, type }) => {
  if (!ctx.identity) throw new AppError("UNAUTHORIZED", "You are not signed in. Sign in and try again.");
  if (type === "mutation" && !ctx.identity.mayWrite)
    throw new AppError("FORBIDDEN", "This API key may only read. Use one with the scope write.");
  return next({ ctx: { ...ctx.identity, requestId: ctx.requestId } });
});

/** Who may connect, disconnect, set schedules, caps and rules, and delete. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  if (!ctx.isAdmin) throw new AppError("FORBIDDEN", "Only an admin of the organisation may do this. Ask one of them.");
  return next();
});

export const { router, createCallerFactory } = t;
