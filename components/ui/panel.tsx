import { useId, type ReactNode } from "react";
import { cn } from "./cn";

/** A named part of a page, with room for its own actions. */
export function Panel({
  title,
  note,
  actions,
  children,
  className,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn("min-w-0 overflow-hidden rounded-lg border bg-surface", className)}>
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {note && <div className="min-w-0 text-xs text-muted">{note}</div>}
        {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
