import { cn } from "./cn";

/** How much is done of what. Without a known total it says only that work goes on. */
export function Progress({
  done,
  total,
  label,
  className,
}: {
  done: number;
  total: number | null;
  label: string;
  className?: string;
}) {
  const share = total ? Math.min(100, (done / total) * 100) : null;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={total === null ? undefined : done}
      className={cn("h-1 overflow-hidden rounded-full bg-inset", className)}
    >
      <div
        className={cn(
          "h-full rounded-full transition-[width]",
          share === null ? "animate-shimmer bg-line-strong" : "bg-accent",
        )}
        style={share === null ? undefined : { width: `${share}%` }}
      />
    </div>
  );
}
