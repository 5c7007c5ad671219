"use client";
import { readError } from "@/components/app-error";
import { ErrorState } from "@/components/ui/error-state";

/** A page failed; the shell around it stays. */
export default function DashboardError({ error }: { error: Error & { digest?: string } }) {
  // Loaded anew, not drawn again: a script that an upgrade has taken away fails for as long as the page lives.
  return <ErrorState heading="h1" {...readError(error)} onRetry={() => window.location.reload()} />;
}
