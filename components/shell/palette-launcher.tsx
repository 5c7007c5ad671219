"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";

const Palette = dynamic(() => import("./palette").then(({ Palette }) => Palette), { ssr: false });

/** Opens the palette: by its button, by Ctrl/Cmd-K, and by `/` on a page that has no search field of its own. */
export function PaletteLauncher() {
  const [isOpen, setIsOpen] = useState(false);
  // Loaded with the first opening and kept, so that it closes and opens again without a flash.
  const [isWanted, setIsWanted] = useState(false);
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
      {isWanted && <Palette isOpen={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}
