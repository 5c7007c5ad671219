import { errorShape, isAbort, isConnectionTrouble, isDenial, isUnreadable, remedyFor } from "./answers";
import type { Failure, FailureKind } from "./failure";
import { iamAction } from "./iam-action";
import { calledApi } from "./limiter";

/**
 * What an error from AWS, from the connection or from a session means, as data. `hint.action` names the IAM action that
 * was tried where the caller knows it better than the error.
 */
export function toFailure(error: unknown, hint: { action?: string } = {}): Failure {
  const { code, message } = errorShape(error);
  const api = calledApi(error);
  const kind = kindOf(error, code, message, api?.operation === "AssumeRole");
  const actionKnown = kind === "denied" || kind === "untrusted" || kind === "throttled" || hint.action !== undefined;
  return {
    kind,
    code,
    message: plainMessage(kind, message),
    action: actionKnown ? (actionIn(message) ?? hint.action ?? (api && iamAction(api))) : null,
    awsRequestId: requestId(error),
  };
}

function kindOf(error: unknown, code: string, message: string, isAssumeRole: boolean): FailureKind {
  if (isAssumeRole && isDenial(code)) return "untrusted";
  if (
    notEnabledCodes.has(code) ||
    /not (enabled|subscribed|activated)|not opted.?in|disabled in this region/i.test(message)
  )
    return "notEnabled";
  if (isDenial(code)) return "denied";
  if (error instanceof Error && error.name === "RateDeadlineError") return "throttled";
  switch (remedyFor(error)) {
    case "throttle":
      return "throttled";
    case "renew":
      return "expired";
    case "transient":
      return "unavailable";
    default:
      return isAbort(error) || isConnectionTrouble(error) || isUnreadable(error) ? "unavailable" : "invalid";
  }
}

const notEnabledCodes = new Set(["OptInRequired", "SubscriptionRequiredException", "RegionDisabledException"]);

/** `… is not authorized to perform: rds:DescribeDBInstances on resource …` */
function actionIn(message: string): string | null {
  return /not authorized to perform:? ([\w-]+:\w+)/.exec(message)?.[1] ?? null;
}

function plainMessage(kind: FailureKind, message: string): string {
  if (kind === "unavailable") return unansweredMessage(message);
  // EC2 appends a kilobyte that only the account's own administrators can decode.
  return message.replace(/\s*Encoded authorization failure message: \S+/, "").slice(0, 1_000);
}

/** The complaints of sockets and parsers tell a person nothing, and a parser's may quote what it could not read. */
function unansweredMessage(message: string): string {
  const waitedMs = /configured (?:timeout of )?(\d+) ms/.exec(message)?.[1];
  if (waitedMs) return `AWS did not answer within ${Number(waitedMs) / 1000} s.`;
  if (/ECONNRESET|EPIPE|socket hang up|^aborted$/.test(message)) return "The connection to AWS broke off.";
  if (/JSON|XML|parse|Unexpected|Deserialization|tag/i.test(message))
    return "AWS's answer was cut short or could not be read.";
  return message.slice(0, 1_000);
}

function requestId(error: unknown): string | null {
  const metadata = (error as { $metadata?: { requestId?: string } } | null)?.$metadata;
  return metadata?.requestId ?? null;
}
