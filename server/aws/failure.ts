/**
 * Why AWS did not answer a question, as data. A failure is a fact and not an absence: it is stored on the row that asked.
 * - denied: IAM, an SCP or the session policy said no; `action` names the IAM action where AWS told or we know it
 * - untrusted: AssumeRole was refused (role missing, or its trust policy does not fit; AWS does not say which)
 * - throttled: still refused after our own back-off
 * - unavailable: 5xx, connection reset, truncated body, timeout
 * - notEnabled: the region is not opted in, or the service was never enabled for the account
 * - expired: the session expired and could not be renewed
 * - invalid: AWS rejected the request itself (ValidationError and the like)
 */
export type FailureKind = "denied" | "untrusted" | "throttled" | "unavailable" | "notEnabled" | "expired" | "invalid";

export interface Failure {
  kind: FailureKind;
  /** AWS's own error code, such as `UnauthorizedOperation`. */
  code: string;
  message: string;
  action: string | null;
  awsRequestId: string | null;
}
