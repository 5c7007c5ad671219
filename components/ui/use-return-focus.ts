"use client";
import { useLayoutEffect, useRef } from "react";

/**
 * For a dialog that no button of its own opens: `onCloseAutoFocus` of its content, which gives the focus back to where it was.
 * What was chosen in a menu gives it back to the menu's button, as the menu itself is gone by then.
 */
export function useReturnFocus(isOpen: boolean): (event: Event) => void {
  const from = useRef<HTMLElement | null>(null);
  // Before the dialog, which is drawn a moment later, takes it.
  useLayoutEffect(() => {
    if (isOpen) from.current = openerOf(document.activeElement);
  }, [isOpen]);
  return (event) => {
    event.preventDefault();
    from.current?.focus();
  };
}

function openerOf(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest("[role=menu]");
  const opener = menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : focused;
  return opener instanceof HTMLElement ? opener : null;
}
