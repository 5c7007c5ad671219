import type { ReactNode } from "react";
import { cn } from "./cn";
import { StatusShape } from "./status";

const looks = {
  warn: "bg-warn-soft border-transparent",
  bad: "bg-bad-soft border-transparent",
  ok: "bg-ok-soft border-transparent",
  unknown: "bg-surface",
} as const;

/** Something to know about what is on this page, above it. */
export function Notice({
  tone,
  children,
  action,
  className,
}: {
  tone: keyof typeof looks;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border px-3 py-2 text-sm",
        looks[tone],
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-60 gap-2">
        <StatusShape tone={tone} className="mt-[3px]" />
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      </div>
      {action}
    </div>
  );
}
