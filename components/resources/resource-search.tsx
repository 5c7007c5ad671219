"use client";
import { Search } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

const PAUSE_MS = 200;

/** Searches names, ids and ARNs as one types; waits for a short pause, so that not every letter is a question. */
export function ResourceSearch({
  value,
  error,
  onChange,
}: {
  value: string;
  error?: string;
  onChange(value: string): void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // The address changed from elsewhere: a cleared filter, the back button.
  if (known !== value) {
    setKnown(value);
    if (typed.trim() !== value.trim()) setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="w-full md:w-80">
      <div className="relative">
        <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
        <Input
          type="search"
          data-page-search
          aria-label="Search by name, id or ARN"
          placeholder="Name, id or ARN"
          className="peer pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped("");
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
        />
        <span className="absolute top-1.5 right-1.5 peer-focus:hidden max-md:hidden">
          <Kbd>/</Kbd>
        </span>
      </div>
      {error && (
        <p id={id} role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
