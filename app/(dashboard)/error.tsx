"use client";
import { readError } from "@/components/app-error";
import { ErrorState } from "@/components/ui/error-state";

/** A page failed; the shell around it stays. */
export default function DashboardError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorState heading="h1" {...readError(error)} onRetry={reset} />;
}
