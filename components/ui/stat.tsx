import type { ReactNode } from "react";
import { cn } from "./cn";

/** A row of the few numbers that a glance is for: three, or `of` four, which stand two by two where it is narrow. */
export function Stats({ of = 3, children }: { of?: 3 | 4; children: ReactNode }) {
  return (
    <dl
      className={cn(
        "grid overflow-hidden rounded-lg border bg-surface *:border-line",
        of === 3
          ? "max-md:*:not-first:border-t md:grid-cols-3 md:*:not-first:border-l"
          : "grid-cols-2 max-lg:*:odd:border-r max-lg:*:nth-[-n+2]:border-b lg:grid-cols-4 lg:*:not-first:border-l",
      )}
    >
      {children}
    </dl>
  );
}

/** A number with its name and what is to be known of it. */
export function Stat({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd>
        <span className="block text-2xl font-semibold tracking-tight figures">{children}</span>
        <span className="flex flex-wrap items-center gap-x-3 text-xs text-muted figures">{note}</span>
      </dd>
    </div>
  );
}
