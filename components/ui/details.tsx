"use client";
import { useState, type ReactNode } from "react";

interface DetailsProps {
  summary: ReactNode;
  summaryClassName?: string;
  className?: string;
  /** Open from the start. */
  isOpen?: boolean;
  children: ReactNode;
}

/** The browser's own disclosure, for a keyboard and a screen reader as it is. What nobody has opened is not drawn. */
export function Details({ summary, summaryClassName, className, isOpen = false, children }: DetailsProps) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  return (
    <details
      className={className}
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open) setWasOpened(true);
      }}
    >
      <summary className={summaryClassName}>{summary}</summary>
      {wasOpened && children}
    </details>
  );
}
