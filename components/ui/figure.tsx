"use client";
import Link from "next/link";
import { cn } from "./cn";
import { figureText, figureWords, pluralOf, type FigureFacts } from "./figure-text";
import { StatusShape } from "./status";
import { ExactTime } from "./time";
import { Tooltip } from "./tooltip";

interface FigureProps extends FigureFacts {
  /** What is counted, for the tooltip and for screen readers: "resource". */
  one: string;
  /** Of more than one, where that is not an s at the end. */
  many?: string;
  /** When the oldest part of it was read. */
  asOf?: Date | null;
  isStale?: boolean;
  /** Why it is not whole: "8 of 204 parts could not be read." */
  whyNot?: string | null;
  /** The list behind the number. */
  href?: string;
  className?: string;
}

/** A value that knows its unit, as of when, how complete it is and why not. Partial and stale carry a mark. */
export function Figure({
  value,
  one,
  many = pluralOf(one),
  asOf,
  isPartial = false,
  isCapped = false,
  isStale = false,
  whyNot,
  href,
  className,
}: FigureProps) {
  const text = figureText({ value, isPartial, isCapped });
  const isUnread = text === "—";
  const said = isUnread || value === null ? `${many}: not read` : figureWords({ value, one, many, isPartial, isStale });
  const shape = cn(
    "figures inline-flex items-baseline gap-1 whitespace-nowrap rounded-sm",
    isUnread && "text-faint",
    href && "hover:text-accent hover:underline underline-offset-4",
    className,
  );
  const body = (
    <>
      {isStale && !isUnread && <StatusShape tone="warn" className="size-3 self-center" />}
      {!isStale && isPartial && !isUnread && <StatusShape tone="warn" className="size-3 self-center" />}
      <span aria-hidden>{text}</span>
      <span className="sr-only">{said}</span>
    </>
  );
  const reason = whyNot ?? (isUnread ? "Not read yet." : isPartial ? "Part of it could not be read." : null);
  return (
    <Tooltip
      content={
        <span className="flex flex-col gap-1">
          {!isUnread && (
            <span className="font-medium">
              {text} {value === 1 ? one : many}
            </span>
          )}
          {reason && <span>{reason}</span>}
          {asOf && (
            <span>
              <span className="text-muted">{isStale ? "Stale, as of" : "As of"}</span>
              <ExactTime at={asOf} />
            </span>
          )}
        </span>
      }
    >
      {href ? (
        <Link href={href} className={shape}>
          {body}
        </Link>
      ) : (
        <span className={shape} tabIndex={0}>
          {body}
        </span>
      )}
    </Tooltip>
  );
}
