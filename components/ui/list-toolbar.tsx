import type { ReactNode } from "react";

/** A list's search with its filters beside it, or below it on a phone. */
export function ListToolbar({ search, filters }: { search: ReactNode; filters: ReactNode }) {
  return (
    <div className="flex flex-col gap-2 md:flex-row md:flex-wrap md:items-start">
      {search}
      <div className="min-w-0 md:flex md:min-h-8 md:flex-1 md:items-center">{filters}</div>
    </div>
  );
}
