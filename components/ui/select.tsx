import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One answer of a list, in the browser's own control. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      className={cn(
        "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink",
        "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
        "disabled:opacity-60 aria-invalid:border-bad max-md:text-base",
        className,
      )}
      {...rest}
    />
  );
}
