import type { ReactNode } from "react";

/** A page as high as the screen: what stands above its table stays in sight, and the table scrolls by itself. */
export function ListPage({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-[calc(100dvh-5.5rem)] min-h-96 flex-col gap-3 md:h-[calc(100dvh-6.5rem)]">{children}</div>
  );
}
