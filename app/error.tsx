"use client";
import { ErrorState } from "@/components/ui/error-state";
import { readError } from "@/components/app-error";

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      {/* Loaded anew, not drawn again: a script that an upgrade has taken away fails for as long as the page lives. */}
      <ErrorState heading="h1" {...readError(error)} onRetry={() => window.location.reload()} />
    </main>
  );
}
