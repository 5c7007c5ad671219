import type { ReactNode } from "react";

/** Names and values, two columns that become one on a narrow screen. */
export function FactList({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y text-sm">
      {facts.map(({ name, value }) => (
        <div key={name} className="grid min-h-9 items-center gap-x-4 px-4 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
