import { ClerkProvider } from "@clerk/nextjs";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { clerkAppearance } from "@/components/clerk-appearance";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { inter, interExtended, jetbrainsMono } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "CloudGuard", template: "%s · CloudGuard" },
  description: "Every AWS account on one page: what is in it, what has drifted, what it costs.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#101113" },
  ],
};

/** The providers that every page stands on. The nonce is the request's own, where a content security policy sets one. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html
      lang="en"
      className={`${inter.variable} ${interExtended.variable} ${jetbrainsMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <ClerkProvider nonce={nonce} appearance={clerkAppearance}>
          <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
            <NuqsAdapter>
              <TooltipProvider>{children}</TooltipProvider>
              <Toaster />
            </NuqsAdapter>
          </ThemeProvider>
        </ClerkProvider>
      </body>
    </html>
  );
}
