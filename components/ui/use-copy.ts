"use client";
import { useEffect, useState } from "react";
import { toast } from "sonner";

const SHOWN_MS = 1500;

/** Copies a text; `isCopied` is true for a moment afterwards. */
export function useCopy(): { isCopied: boolean; copy(text: string): void } {
  const [copiedAt, setCopiedAt] = useState(0);
  useEffect(() => {
    if (copiedAt === 0) return;
    const timer = setTimeout(() => setCopiedAt(0), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copiedAt]);
  return {
    isCopied: copiedAt > 0,
    copy(text) {
      // Refused without a secure context or where the person has forbidden it.
      navigator.clipboard.writeText(text).then(
        () => setCopiedAt(Date.now()),
        () => toast.error("Your browser did not allow copying. Select the text and copy it by hand."),
      );
    },
  };
}
