"use client";
import { ErrorState } from "@/components/ui/error-state";
import { readError } from "@/components/app-error";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <ErrorState heading="h1" {...readError(error)} onRetry={reset} />
    </main>
  );
}
