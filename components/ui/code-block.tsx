"use client";
import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useCopy } from "./use-copy";

/** Text to be taken elsewhere, whole, with a button that copies it. */
export function CodeBlock({
  code,
  name,
  actions,
  className,
}: {
  code: string;
  name: string;
  actions?: ReactNode;
  className?: string;
}) {
  const { isCopied, copy } = useCopy();
  return (
    <figure className={cn("overflow-hidden rounded-md border bg-inset", className)}>
      <figcaption className="flex min-h-9 items-center gap-2 border-b py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 truncate text-xs font-medium text-muted">{name}</span>
        {actions}
        <Button tone="quiet" size="sm" onClick={() => copy(code)}>
          {isCopied ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </figcaption>
      <pre className="max-h-96 overflow-auto p-3 font-mono text-xs leading-5" tabIndex={0} aria-label={name}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
