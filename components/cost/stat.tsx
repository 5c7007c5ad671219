import type { ReactNode } from "react";

/** A row of the few numbers that a glance is for. */
export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid overflow-hidden rounded-lg border bg-surface *:border-line max-md:*:not-first:border-t md:grid-cols-3 md:*:not-first:border-l">
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
        <span className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted figures">{note}</span>
      </dd>
    </div>
  );
}
