import type { ReadableError } from "@/components/app-error";
import { Button } from "./button";
import { Notice } from "./notice";
import { Time } from "./time";

interface StaleNoticeProps {
  error: Pick<ReadableError, "message" | "code">;
  /** When what is shown was read, by the browser's clock in milliseconds. */
  readAt: number;
  isRetrying: boolean;
  onRetry(): void;
}

/** What is shown was read before and could not be read again: why, since when, and another try. */
export function StaleNotice({ error, readAt, isRetrying, onRetry }: StaleNoticeProps) {
  return (
    <Notice
      tone="warn"
      action={
        error.code === "UNAUTHORIZED" ? (
          // Loaded anew without a session, this very address leads by the sign-in and back.
          <Button size="sm" onClick={() => window.location.reload()}>
            Sign in again
          </Button>
        ) : (
          <Button size="sm" onClick={onRetry} isBusy={isRetrying}>
            Try again
          </Button>
        )
      }
    >
      This could not be read again, and is as it was <Time at={new Date(readAt)} />. {error.message}
    </Notice>
  );
}
