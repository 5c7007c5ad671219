"use client";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Status } from "@/components/ui/status";
import type { DriftJobView } from "@/server/drift/views";
import { jobWords } from "./drift-words";
import { jobTime } from "./job-time";

/** A detection under way: what it is doing, for how long, against what is usual, and a way to end it. */
export function JobPanel({ job, readAt }: { job: DriftJobView; readAt: number }) {
  const utils = trpc.useUtils();
  const cancel = trpc.drift.cancel.useMutation({
    onSuccess: () => utils.drift.invalidate(),
    onError: (error) => void toast.error(readError(error).message),
  });
  const { text, done, total } = jobTime(job, useSecond() - readAt);
  const { word, tone } = jobWords[job.status];
  return (
    <section
      aria-label="Detection under way"
      className="flex items-center gap-4 rounded-lg border bg-surface px-4 py-2.5"
    >
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <Status tone={tone}>{word}</Status>
          <span className="min-w-0 flex-1 basis-40 text-muted">{job.message}</span>
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
