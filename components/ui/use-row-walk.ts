"use client";
import { useEffect, useRef, type RefObject } from "react";

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/**
 * Walks a table's rows with j, k and the arrows; Enter follows the row's own link. `scrollTo` brings a row that is not
 * rendered into being. Keys pressed in a field, or while something else has the focus, are left alone.
 */
export function useRowWalk(
  table: RefObject<HTMLElement | null>,
  count: number,
  scrollTo: (index: number) => void,
): void {
  const wanted = useRef<number | null>(null);

  // A row that was out of sight exists only after the list has rendered again.
  useEffect(() => {
    if (wanted.current === null) return;
    const link = linkOf(table.current, wanted.current);
    if (!link) return;
    wanted.current = null;
    link.focus();
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
      const focused = document.activeElement;
      const isInside = table.current?.contains(focused) ?? false;
      if (!isInside && focused !== document.body) return;
      if (focused?.closest("input, textarea, select, [role=menu]")) return;
      event.preventDefault();
      const at = focused?.closest("[data-row]")?.getAttribute("data-row");
      const next = Math.max(0, Math.min(count - 1, at == null ? 0 : Number(at) + step));
      scrollTo(next);
      const link = linkOf(table.current, next);
      if (link) link.focus({ preventScroll: true });
      else wanted.current = next;
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [table, count, scrollTo]);
}

function linkOf(table: HTMLElement | null, index: number): HTMLElement | null {
  return table?.querySelector<HTMLElement>(`[data-row="${index}"] [data-row-link]`) ?? null;
}
