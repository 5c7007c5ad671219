/**
 * Everything that can be expected to go wrong, as a small closed set. The message says what happened and what to do;
 * `fields` names the inputs at fault. Mapped to tRPC and to HTTP here and nowhere else.
 */
export const errorCodes = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_MANY_REQUESTS: 429,
  /** AWS could not be reached or did not answer. */
  BAD_GATEWAY: 502,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof errorCodes;

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: { fields?: Record<string, string>; data?: unknown; retryAfterSeconds?: number } = {},
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
