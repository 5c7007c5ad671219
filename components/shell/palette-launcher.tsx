"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";

const Palette = dynamic(() => import("./palette").then(({ Palette }) => Palette), { ssr: false });

/** Opens the palette: by its button, by Ctrl/Cmd-K, and by `/` on a page that has no search field of its own. */
export function PaletteLauncher() {
  const [isOpen, setIsOpen] = useState(false);
  // Loaded with the first opening and kept, so that it closes and opens again without a flash.
  const [isWanted, setIsWanted] = useState(false);
  const [isLoaded, setIsLoaded] = useState(false);
  const onLoaded = useCallback(() => setIsLoaded(true), []);
  const typedAhead = useTypedAhead(isOpen && !isLoaded);
  useEffect(() => {
    const open = () => {
      setIsWanted(true);
      setIsOpen(true);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        return open();
      }
      const isTyping = (event.target as HTMLElement).closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      const field = document.querySelector<HTMLElement>("[data-page-search]");
      if (field) field.focus();
      else open();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label="Search and go"
        onClick={() => {
          setIsWanted(true);
          setIsOpen(true);
        }}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-sm text-muted hover:bg-inset lg:w-60 lg:border lg:border-line lg:bg-surface"
      >
        <Search className="size-4 text-faint" aria-hidden />
        <span className="flex-1 text-left max-lg:hidden">Search or go to…</span>
        <span className="max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      {isWanted && <Palette isOpen={isOpen} typedAhead={typedAhead} onLoaded={onLoaded} onOpenChange={setIsOpen} />}
    </>
  );
}

/** What is typed while `isWaiting` for a field to type it into. */
function useTypedAhead(isWaiting: boolean): string {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (!isWaiting) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const isLetter = event.key.length === 1 && !event.metaKey && !event.ctrlKey && !event.altKey;
      if (!isLetter && event.key !== "Backspace") return;
      event.preventDefault();
      event.stopPropagation();
      setTyped((before) => (isLetter ? before + event.key : before.slice(0, -1)));
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      setTyped("");
    };
  }, [isWaiting]);
  return typed;
}
