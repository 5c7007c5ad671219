"use client";
import { Check, Copy } from "lucide-react";
import { IconButton } from "./button";
import { cn } from "./cn";
import { shortenMiddle } from "./shorten-middle";
import { useCopy } from "./use-copy";

/** So many of an id's last letters stay in sight, however narrow its place: they tell one from another. */
const KEPT = 10;

/** An id in monospace, shortened in the middle, whole on hover, with a button to copy all of it. */
export function Copyable({
  text,
  name,
  max = 48,
  className,
}: {
  text: string;
  name: string;
  max?: number;
  className?: string;
}) {
  const shown = shortenMiddle(text, max);
  const head = shown.length > 2 * KEPT ? shown.slice(0, -KEPT) : "";
  return (
    <span className={cn("group/copy inline-flex max-w-full min-w-0 items-center gap-1", className)}>
      <span className="truncate font-mono text-xs" title={text}>
        {head && <span className="inline-block max-w-[calc(100%-10ch)] truncate align-bottom">{head}</span>}
        {shown.slice(head.length)}
      </span>
      <CopyButton
        text={text}
        name={name}
        className="opacity-60 group-hover/copy:opacity-100 focus-visible:opacity-100"
      />
    </span>
  );
}

export function CopyButton({ text, name, className }: { text: string; name: string; className?: string }) {
  const { isCopied, copy } = useCopy();
  return (
    <IconButton
      size="iconSm"
      label={isCopied ? `Copied the ${name}` : `Copy the ${name}`}
      className={className}
      onClick={() => copy(text)}
    >
      {isCopied ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />}
    </IconButton>
  );
}
