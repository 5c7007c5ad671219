"use client";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";
import type { DriftScope } from "@/server/drift/filter";
import type { DriftJobView } from "@/server/drift/views";

const POLL_MS = 2500;

/**
 * The detections under way in a scope, looked at again while there are any; when the last one ends it says so and has
 * every drift figure read again. `most`: how many there were at once since the page was opened. One job is asked for by
 * name, as that is what makes work go on where no worker runs.
 */
export function useRunning(scope: DriftScope, job: DriftJobView | null): { running: number; most: number } {
  const utils = trpc.useUtils();
  const overview = trpc.drift.overview.useQuery(scope, {
    refetchInterval: ({ state }) => ((state.data?.stacks.running ?? 0) > 0 ? POLL_MS : false),
  }).data;
  trpc.drift.job.useQuery(
    { jobId: job?.jobId ?? "" },
    { enabled: job !== null, initialData: job ?? undefined, refetchInterval: POLL_MS, retry: false },
  );
  const running = overview?.stacks.running ?? 0;
  const drifted = overview?.verdicts.find(({ verdict }) => verdict === "DRIFTED")?.count ?? 0;
  const [most, setMost] = useState(running);
  if (running > most) setMost(running);
  if (running === 0 && most > 0) setMost(0);
  const before = useRef(running);
  useEffect(() => {
    const ended = before.current > 0 && running === 0;
    before.current = running;
    if (!ended) return;
    toast(`Every detection has ended: ${plural(drifted, "stack is drifted", "stacks are drifted")}.`);
    void utils.drift.invalidate();
  }, [running, drifted, utils]);
  return { running, most };
}
