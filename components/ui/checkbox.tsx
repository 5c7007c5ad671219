"use client";
import { useEffect, useRef } from "react";

/** A box to tick. `isMixed`: some of what it stands for is ticked. */
export function Checkbox({
  label,
  isChecked,
  isMixed = false,
  isDisabled,
  onChange,
}: {
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  isDisabled?: boolean;
  onChange(isChecked: boolean): void;
}) {
  const box = useRef<HTMLInputElement>(null);
  // There is no attribute for it.
  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className="-mx-2 inline-grid size-7 cursor-pointer place-items-center align-middle">
      <span className="sr-only">{label}</span>
      <input
        ref={box}
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 cursor-pointer accent-accent"
      />
    </label>
  );
}
