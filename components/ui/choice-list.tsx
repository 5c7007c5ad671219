"use client";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

export interface Choice {
  value: string;
  label: string;
  /** Said after the label, to the right: a count, a number. */
  hint?: ReactNode;
  /** Further words that find it. */
  keywords?: string[];
}

interface ChoiceListProps {
  label: string;
  /** undefined: what there is to choose from has not been read, or could not be. */
  choices: Choice[] | undefined;
  selected: string[];
  onChoose(value: string): void;
  /** Offers what was typed itself, as an answer that is not on the list. */
  allowTyped?: (typed: string) => ReactNode | null;
  typed?: string;
  onTyped?(typed: string): void;
  /** Shown above the choices: "All accounts". */
  clear?: { label: string; onClear(): void };
  /** Said where there is nothing to choose from. */
  emptyText?: string;
}

/** So few are seen at once: they are still found by typing, but no field for it stands above them. */
const FEW = 4;

const itemStyle =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-inset";

/** A list to search and choose from; the keyboard walks it from the search field. */
export function ChoiceList({
  label,
  choices: known,
  selected,
  onChoose,
  allowTyped,
  typed,
  onTyped,
  clear,
  emptyText = "There is nothing to choose from.",
}: ChoiceListProps) {
  const choices = known ?? [];
  const own = typed ? allowTyped?.(typed) : null;
  return (
    <Command label={label} loop>
      <Command.Input
        value={typed}
        onValueChange={onTyped}
        placeholder={label}
        autoFocus
        className={
          choices.length <= FEW && choices.length > 0 && !allowTyped
            ? "sr-only"
            : "h-9 w-full border-b bg-transparent px-3 text-sm outline-none max-md:text-base"
        }
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {!own && known && (
          <Command.Empty className="px-2 py-3 text-sm text-muted">
            {choices.length === 0 ? emptyText : "Nothing matches."}
          </Command.Empty>
        )}
        {clear && (
          <Command.Item value={`__clear ${clear.label}`} onSelect={clear.onClear} className={itemStyle}>
            <span className="grid size-4 place-items-center">
              {selected.length === 0 && <Check className="size-4" aria-hidden />}
            </span>
            {clear.label}
          </Command.Item>
        )}
        {own && (
          <Command.Item
            value={`__typed ${typed}`}
            forceMount
            onSelect={() => typed && onChoose(typed)}
            className={itemStyle}
          >
            <span className="size-4" />
            {own}
          </Command.Item>
        )}
        {!known && (
          <p role="status" className="px-2 py-3 text-sm text-muted">
            What there is to choose from has not been read yet. Try again in a moment.
          </p>
        )}
        {choices.map(({ value, label: text, hint, keywords }) => (
          <Command.Item
            key={value}
            value={value}
            keywords={[text, ...(keywords ?? [])]}
            onSelect={() => onChoose(value)}
            className={itemStyle}
          >
            <span className="grid size-4 shrink-0 place-items-center">
              {selected.includes(value) && <Check className="size-4 text-accent" aria-label="chosen" />}
            </span>
            <span className="min-w-0 flex-1 truncate">{text}</span>
            {hint !== undefined && <span className={cn("shrink-0 text-xs text-faint figures")}>{hint}</span>}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
