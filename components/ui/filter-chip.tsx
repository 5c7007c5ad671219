"use client";
import { ChevronDown, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { ChoiceList, type Choice } from "./choice-list";
import { cn } from "./cn";
import { Popover } from "./popover";

interface FilterChipProps {
  /** What is filtered by: "Type". */
  name: string;
  /** undefined: they have not been read, or could not be. */
  choices: Choice[] | undefined;
  selected: string[];
  onChange(selected: string[]): void;
  allowTyped?: (typed: string) => ReactNode | null;
  /** What can be typed to find one, where that is not only its name. */
  hint?: string;
  emptyText?: string;
  /** Only one at a time. */
  isSingle?: boolean;
}

/** A filter that says what it does: "Type: EC2 instance +2", with a cross to take it away. */
export function FilterChip({
  name,
  choices,
  selected,
  onChange,
  allowTyped,
  hint,
  emptyText,
  isSingle,
}: FilterChipProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const isOn = selected.length > 0;
  const first = choices?.find(({ value }) => value === selected[0])?.label ?? selected[0];
  const choose = (value: string) => {
    setTyped("");
    if (isSingle) {
      setIsOpen(false);
      return onChange(selected.includes(value) ? [] : [value]);
    }
    onChange(selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);
  };
  return (
    <span
      className={cn(
        "inline-flex h-7 shrink-0 items-stretch rounded-md border text-xs",
        isOn ? "border-accent bg-accent-soft text-ink" : "border-dashed border-line-strong bg-surface text-muted",
      )}
    >
      <Popover
        label={`Filter by ${name.toLowerCase()}`}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        className="w-72"
        trigger={
          <button type="button" className="flex items-center gap-1 rounded-md px-2 font-medium hover:text-ink">
            <span>{isOn ? `${name}:` : name}</span>
            {isOn && <span className="max-w-44 truncate font-normal">{first}</span>}
            {selected.length > 1 && <span className="font-normal figures">+{selected.length - 1}</span>}
            <ChevronDown className="size-3.5 text-faint" aria-hidden />
          </button>
        }
      >
        <ChoiceList
          label={hint ?? `Find ${name.toLowerCase()}`}
          choices={choices}
          selected={selected}
          onChoose={choose}
          allowTyped={allowTyped}
          typed={typed}
          onTyped={setTyped}
          emptyText={emptyText}
        />
      </Popover>
      {isOn && (
        <button
          type="button"
          aria-label={`Clear the ${name.toLowerCase()} filter`}
          className="grid w-6 place-items-center rounded-r-md border-l border-l-transparent text-muted hover:text-ink"
          onClick={() => onChange([])}
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </span>
  );
}
