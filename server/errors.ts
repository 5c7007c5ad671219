import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { ZodError } from "zod";

/**
 * Everything that can be expected to go wrong, as a small closed set. The message says what happened and what to do;
 * `fields` names the inputs at fault. Mapped to tRPC and to HTTP here and nowhere else.
 */
export const errorCodes = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  /** AWS could not be reached or did not answer. */
  BAD_GATEWAY: 502,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorDetails {
  /** What is wrong with which input. */
  fields?: Record<string, string>;
  data?: unknown;
  /** After how many seconds the same may be asked again. */
  retryAfterSeconds?: number;
}

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

/** The same answer for another tenant's id, a deleted one and a random one. */
export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", `${what} was not found. It may have been deleted, or the link may be wrong.`);
}

/** tRPC's word for one of ours. */
export function trpcCode(code: ErrorCode) {
  return code === "INTERNAL" ? ("INTERNAL_SERVER_ERROR" as const) : code;
}

/** An error as whoever asked is told of it, whatever the door. */
export interface Explanation extends ErrorDetails {
  code: string;
  status: number;
  message: string;
}

/** What may be said of any thrown value. Of an unexpected one that is its request id, and nothing of what it holds. */
export function explain(error: unknown, requestId: string | undefined): Explanation {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError && cause.code !== "INTERNAL")
    return { code: cause.code, status: errorCodes[cause.code], message: cause.message, ...cause.details };
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") {
    const status = getHTTPStatusCodeFromError(error);
    return {
      code: error.code,
      status,
      ...(cause instanceof ZodError ? wrongInput(cause) : { message: error.message }),
    };
  }
  return {
    code: "INTERNAL",
    status: errorCodes.INTERNAL,
    message: `Something failed on our side. Try again; if it stays, quote ${requestId}.`,
  };
}

/** What is wrong with an input, as a sentence and by field. */
export function wrongInput(error: ZodError): { message: string; fields: Record<string, string> } {
  const issues = error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: "There is no such field here." }));
  });
  const named = issues.map(({ path, message }) => ({ field: path.join("."), message }));
  return {
    message: named.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "),
    fields: Object.fromEntries(named.map(({ field, message }) => [field, message])),
  };
}
