import { cn } from "./cn";

/** Stands where something will be, in its shape. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-4 animate-shimmer rounded-sm bg-inset", className)} />;
}

/** A table's shape while its rows are on their way. */
export function TableSkeleton({ rows = 8, columns }: { rows?: number; columns: string[] }) {
  return (
    <div aria-hidden className="w-full">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-8 items-center gap-4 border-b px-3 last:border-b-0">
          {columns.map((width, column) => (
            <Skeleton key={column} className={cn("h-3", width)} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Tells a screen reader that the page is being loaded, once. */
export function LoadingNote({ what }: { what: string }) {
  return (
    <p role="status" className="sr-only">
      Loading {what}
    </p>
  );
}
