"use client";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Short messages in the corner; a screen reader hears them. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: "!bg-raised !text-ink !border-line !rounded-md !shadow-lift !font-sans !text-sm",
          description: "!text-muted",
        },
      }}
    />
  );
}
