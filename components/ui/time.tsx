"use client";
import { exactLocal, exactUtc, relativeTime } from "./relative-time";
import { Tooltip } from "./tooltip";
import { useNow } from "./use-now";
import { cn } from "./cn";

/** How long ago; the tooltip has the exact moment on both clocks. */
export function Time({ at, className }: { at: Date; className?: string }) {
  const now = useNow();
  return (
    <Tooltip content={<ExactTime at={at} />}>
      {/* The server's clock and the browser's differ by a second: the later text wins silently. */}
      <time
        dateTime={at.toISOString()}
        tabIndex={0}
        className={cn("whitespace-nowrap figures", className)}
        suppressHydrationWarning
      >
        {relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}

/** The exact moment, in UTC and on the reader's clock. */
export function ExactTime({ at }: { at: Date }) {
  return (
    <span className="block figures">
      {exactUtc(at)}
      <span className="block text-muted">{exactLocal(at)}</span>
    </span>
  );
}
