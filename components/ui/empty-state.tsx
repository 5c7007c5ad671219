import type { ReactNode } from "react";

export interface EmptyStateProps {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  heading?: "h1" | "h2" | "h3";
}

/** Nothing here, why, and what to do about it. */
export function EmptyState({ title, text, action, heading: Heading = "h2" }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      <Heading className="text-lg font-semibold">{title}</Heading>
      {text && <div className="text-sm text-balance text-muted">{text}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
