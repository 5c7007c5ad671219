"use client";
import { RadioGroup } from "radix-ui";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value | null;
  choices: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
}

/** A few answers side by side, one at a time; arrows walk them. */
export function Segmented<Value extends string>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value ?? ""}
      onValueChange={(next) => onChange(next as Value)}
      className="inline-flex h-8 shrink-0 items-stretch rounded-md border border-line-strong bg-surface p-0.5"
    >
      {choices.map((choice) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          className="rounded-sm px-2 text-xs font-medium whitespace-nowrap text-muted hover:text-ink data-[state=checked]:bg-inset data-[state=checked]:text-ink"
        >
          {choice.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
