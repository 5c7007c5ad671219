import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/routers";

/** What a screen needs to know of a failure. */
export interface ReadableError {
  message: string;
  requestId: string | null;
  code: string;
  /** What is wrong with which input. */
  fields: Record<string, string>;
  details: unknown;
  /** Trying the same again may help: the network or the server, not the question. */
  isWorthRetrying: boolean;
}

const serverCodes = ["INTERNAL", "BAD_GATEWAY", "INTERNAL_SERVER_ERROR", "TIMEOUT", "UNREACHABLE"];

/** Any thrown value in words for people. An answer that never came is told apart from one that said no. */
export function readError(error: unknown): ReadableError {
  if (error instanceof TRPCClientError) {
    const { message, data } = error as TRPCClientError<AppRouter>;
    if (data) {
      const { appCode, requestId, fields, details } = data;
      return {
        message,
        requestId,
        code: appCode,
        fields: fields ?? {},
        details,
        isWorthRetrying: serverCodes.includes(appCode),
      };
    }
    return {
      ...unknownError,
      code: "UNREACHABLE",
      message: "CloudGuard could not be reached. Check your connection and try again.",
    };
  }
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return digest ? { ...unknownError, message: serverFailed, requestId: digest } : unknownError;
}

const serverFailed = "This page failed on our side. Try again; if it stays, quote the id below.";

const unknownError: ReadableError = {
  message: "This page failed in your browser. Try again; if it stays, load it anew.",
  requestId: null,
  code: "INTERNAL",
  fields: {},
  details: undefined,
  isWorthRetrying: true,
};
