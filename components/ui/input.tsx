import type { ComponentProps } from "react";
import { cn } from "./cn";

/** One line of text. `aria-invalid` turns its border. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "border-line-strong bg-surface text-ink h-8 w-full min-w-0 rounded-md border px-2.5 text-sm transition-colors",
        "focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0",
        "aria-invalid:border-bad disabled:opacity-60 max-md:text-base",
        className,
      )}
      {...rest}
    />
  );
}
