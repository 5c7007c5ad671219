/** What to do with a call that failed. */
export type Remedy = "throttle" | "transient" | "renew" | "give up";

/** How a failed call may still succeed. Only ever asked about reads and about AssumeRole, which are safe to repeat. */
export function remedyFor(error: unknown): Remedy {
  const { code, status, message } = errorShape(error);
  if (throttleCodes.has(code) || status === 429) return "throttle";
  if (expiredCodes.has(code)) return "renew";
  if (isAbort(error)) return "give up";
  if (status === 503 && /SlowDown|Reduce your request rate/i.test(`${code} ${message}`)) return "throttle";
  if (status !== null && status >= 500) return "transient";
  if (isConnectionTrouble(error) || isUnreadable(error)) return "transient";
  return code === "RequestTimeTooSkewed" || code === "RequestTimeout" ? "transient" : "give up";
}

/** The codes that AWS uses for "too fast", as the SDK's own list has them. */
const throttleCodes = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** Expired, revoked or never known: a session that is opened anew may be taken. */
const expiredCodes = new Set([
  "AuthFailure",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidToken",
  "RequestExpired",
  "UnrecognizedClientException",
]);

const connectionCodes = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ETIMEDOUT",
]);

/** The connection failed, at either end or in between. */
export function isConnectionTrouble(error: unknown): boolean {
  const { code, name, message } = errorShape(error);
  return connectionCodes.has(code) || name === "TimeoutError" || /socket hang up|^aborted$/.test(message);
}

/** The answer was cut short or is no answer of AWS's: it could not be parsed. */
export function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const hasFault = "$fault" in error;
  return !hasFault && (error instanceof SyntaxError || "$responseBodyText" in error || "$response" in error);
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The many spellings of "IAM, an SCP or the session policy said no". */
export function isDenial(code: string): boolean {
  return /^(AccessDenied(Exception)?|UnauthorizedOperation|Unauthorized(Access)?(Exception)?|NotAuthorized(Exception)?|AuthorizationError(Exception)?|OperationNotPermitted.*)$/.test(
    code,
  );
}

/** The few fields that every AWS and Node error is told by. */
export function errorShape(error: unknown): { code: string; name: string; message: string; status: number | null } {
  const raw = (typeof error === "object" && error !== null ? error : {}) as {
    name?: unknown;
    code?: unknown;
    Code?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const name = typeof raw.name === "string" ? raw.name : "Error";
  const code = [raw.Code, raw.code].find((value): value is string => typeof value === "string") ?? name;
  return {
    code,
    name,
    message: typeof raw.message === "string" ? raw.message : String(error),
    status: raw.$metadata?.httpStatusCode ?? null,
  };
}
