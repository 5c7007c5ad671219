"use client";
import { Button } from "./button";
import { CopyButton } from "./copyable";
import { StatusShape } from "./status";

interface ErrorStateProps {
  message: string;
  requestId: string | null;
  /** UNAUTHORIZED is not tried again: the person signs in. */
  code?: string;
  isRetrying?: boolean;
  /** Where it stands in place of a whole page. */
  heading?: "h1";
  onRetry(): void;
}

/** What failed, the id to quote, and another try. */
export function ErrorState({ message, requestId, code, isRetrying, heading, onRetry }: ErrorStateProps) {
  const Message = heading ?? "p";
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-center gap-3 px-6 py-12 text-center">
      <StatusShape tone="bad" className="size-6" />
      <Message className="text-sm font-medium">
        {/* It stands below, where it can be copied. */}
        {requestId ? message.replace(requestId, "the id below") : message}
      </Message>
      {requestId && (
        <p className="inline-flex items-center gap-1 font-mono text-xs text-muted">
          {requestId}
          <CopyButton text={requestId} name="request id" />
        </p>
      )}
      {code === "UNAUTHORIZED" ? (
        // Loaded anew without a session, this very address leads by the sign-in and back.
        <Button tone="primary" onClick={() => window.location.reload()}>
          Sign in again
        </Button>
      ) : (
        <Button onClick={onRetry} isBusy={isRetrying}>
          Try again
        </Button>
      )}
    </div>
  );
}
