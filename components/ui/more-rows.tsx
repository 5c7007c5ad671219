import { Button } from "./button";

interface MoreRowsProps {
  /** "stacks" */
  what: string;
  hasFailed: boolean;
  isLoading: boolean;
  onRetry(): void;
}

/** At the foot of a list that goes on as it is scrolled: that more is on its way, or could not be read. */
export function MoreRows({ what, hasFailed, isLoading, onRetry }: MoreRowsProps) {
  if (hasFailed)
    return (
      <p className="flex items-center gap-3 px-3 py-2 text-sm text-muted">
        The next {what} could not be read.{" "}
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      </p>
    );
  if (!isLoading) return null;
  return (
    <p role="status" className="px-3 py-2 text-sm text-muted">
      Loading more…
    </p>
  );
}
