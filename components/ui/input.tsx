import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One line of text. `aria-invalid` turns its border. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink transition-colors",
        "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
        "disabled:opacity-60 aria-invalid:border-bad max-md:text-base",
        className,
      )}
      {...rest}
    />
  );
}
