"use client";
import { Search } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { Input } from "./input";
import { Kbd } from "./kbd";

const PAUSE_MS = 200;

/** Searches a list as one types; waits for a short pause, so that not every letter is a question. `/` leads here. */
export function SearchField({
  what,
  value,
  error,
  hint,
  onChange,
}: {
  /** What is searched: "Name, id or ARN". */
  what: string;
  value: string;
  error?: string;
  /** How what was typed is looked for, where that is not plain. */
  hint?: string;
  onChange(value: string): void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  /** What was told and has not come back as `value` yet: meanwhile one types on. */
  const [told, setTold] = useState<string[]>([]);
  if (known !== value) {
    setKnown(value);
    const echo = told.indexOf(value.trim());
    setTold(echo < 0 ? [] : told.slice(echo + 1));
    // The address changed from elsewhere: a cleared filter, the back button.
    if (echo < 0 && typed.trim() !== value.trim()) setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => {
      setTold((before) => [...before, typed.trim()]);
      onChange(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="w-full md:w-60 xl:w-80">
      <div className="relative">
        <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
        <Input
          type="search"
          data-page-search
          aria-label={`Search by ${what.charAt(0).toLowerCase()}${what.slice(1)}`}
          placeholder={what}
          className="peer pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped("");
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? id : undefined}
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
      {!error && hint && (
        <p id={id} role="status" className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
