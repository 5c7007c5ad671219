"use client";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { DriftJobView } from "@/server/drift/views";
import { jobWords } from "./drift-words";
import { jobTime } from "./job-time";

interface JobPanelProps {
  job: DriftJobView;
  /** When it was read, by the browser's clock in milliseconds. */
  readAt: number;
  /** It could not be read again since then. */
  isUnreachable: boolean;
}

/** A detection under way: what it is doing, for how long, against what is usual, and a way to end it. */
export function JobPanel({ job, readAt, isUnreachable }: JobPanelProps) {
  const utils = trpc.useUtils();
  const cancel = trpc.drift.cancel.useMutation({
    onSuccess: () => utils.drift.invalidate(),
    onError: (error) => void toast.error(readError(error).message),
  });
  const now = useSecond();
  // What was not read again is not counted on, as it may have ended long ago.
  const { text, done, total } = jobTime(job, isUnreachable ? 0 : now - readAt);
  const { word, tone } = jobWords[job.status];
  return (
    <section
      aria-label="Detection under way"
      className="flex items-center gap-4 rounded-lg border bg-surface px-4 py-2.5"
    >
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <Status tone={tone}>{word}</Status>
          <span className="min-w-0 flex-1 basis-40 text-muted">
            {isUnreachable ? (
              <>
                CloudGuard could not be reached since <Time at={new Date(readAt)} />. This page keeps trying.
              </>
            ) : (
              job.message
            )}
          </span>
          <span className="text-xs text-muted figures" suppressHydrationWarning>
            {text}
          </span>
        </div>
        <Progress className="mt-1.5" done={Math.round(done)} total={total} label="Detection" />
      </div>
      <Button
        size="sm"
        isBusy={cancel.isPending}
        onClick={() => cancel.mutate({ jobId: job.jobId })}
        aria-label="Cancel this detection"
      >
        Cancel
      </Button>
    </section>
  );
}

/** The time, second by second: only while somebody waits for it. */
function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
