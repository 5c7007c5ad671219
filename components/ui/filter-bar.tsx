import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

interface FilterBarProps {
  /** The chips. */
  children: ReactNode;
  /** Whether anything is narrowed, by these or by the search beside them. */
  isNarrowed: boolean;
  onClear(): void;
}

/** What a list is narrowed by, a chip each, and the way back to the whole of it. Scrolls sideways on a phone. */
export function FilterBar({ children, isNarrowed, onClear }: FilterBarProps) {
  return (
    <div
      role="group"
      aria-label="Filters"
      className="flex shrink-0 items-center gap-1.5 max-md:-mx-4 max-md:overflow-x-auto max-md:px-4 max-md:py-0.5 md:flex-wrap"
    >
      {children}
      {isNarrowed && (
        <Button tone="quiet" size="sm" onClick={onClear}>
          <X aria-hidden />
          Clear all
        </Button>
      )}
    </div>
  );
}
