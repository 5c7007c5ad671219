"use client";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { trpc } from "@/components/trpc";
import type { DriftJobView } from "@/server/drift/views";
import { isLive } from "./drift-words";

const POLL_MS = 1500;

/**
 * A stack's live detection, looked at again until it ends; then it is announced and everything about drift is read
 * again, so that its result is there without a reload. `isUnreachable`: the last look failed, and another is taken.
 */
export function useJob(job: DriftJobView | null): { job: DriftJobView | null; readAt: number; isUnreachable: boolean } {
  const utils = trpc.useUtils();
  const query = trpc.drift.job.useQuery(
    { jobId: job?.jobId ?? "" },
    {
      enabled: job !== null,
      initialData: job ?? undefined,
      refetchInterval: ({ state }) => (state.data && isLive(state.data.status) ? POLL_MS : false),
    },
  );
  const latest = job && (query.data ?? job);
  const ended = useRef<string | null>(null);
  useEffect(() => {
    if (!latest || isLive(latest.status) || ended.current === latest.jobId) return;
    ended.current = latest.jobId;
    (latest.status === "DETECTION_COMPLETE" ? toast.success : toast.warning)(latest.message);
    void utils.drift.invalidate();
  }, [latest, utils]);
  return { job: latest, readAt: query.dataUpdatedAt, isUnreachable: query.isError };
}
