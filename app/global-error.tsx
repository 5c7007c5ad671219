"use client";
import { useEffect } from "react";
import { readError } from "@/components/app-error";
import { ErrorState } from "@/components/ui/error-state";
import { inter, interExtended, jetbrainsMono } from "./fonts";
import "./globals.css";

/** Stands in place of everything where the root layout itself has failed; nothing that it provides is there. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  useEffect(() => {
    // As the theme's own provider would, which has failed with the rest.
    const chosen = localStorage.getItem("theme") ?? "system";
    const isDark = chosen === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
    document.documentElement.classList.toggle("dark", isDark);
  }, []);
  return (
    <html lang="en" className={`${inter.variable} ${interExtended.variable} ${jetbrainsMono.variable}`}>
      <body>
        <title>CloudGuard</title>
        <main className="grid min-h-dvh place-items-center px-4">
          <ErrorState heading="h1" {...readError(error)} onRetry={() => window.location.reload()} />
        </main>
      </body>
    </html>
  );
}
