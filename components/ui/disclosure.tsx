"use client";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { Details } from "./details";

interface DisclosureProps {
  /** The row that opens it. */
  summary: ReactNode;
  /** Of that row. */
  className?: string;
  /** Open from the start. */
  isOpen?: boolean;
  children: ReactNode;
}

/** A row that opens what is behind it. */
export function Disclosure({ summary, className, isOpen, children }: DisclosureProps) {
  return (
    <Details
      className="group"
      isOpen={isOpen}
      summaryClassName={cn(
        "flex list-none items-start gap-3 px-4 py-2 text-sm -outline-offset-2 hover:bg-hover",
        className,
      )}
      summary={
        <>
          {/* As high as a line of the text beside it, so that it stays with the first. */}
          <span className="flex h-5 shrink-0 items-center">
            <ChevronRight className="size-4 text-faint transition-transform group-open:rotate-90" aria-hidden />
          </span>
          {summary}
        </>
      }
    >
      {children}
    </Details>
  );
}
