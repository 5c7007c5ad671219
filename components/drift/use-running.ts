"use client";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";
import type { DriftScope } from "@/server/drift/filter";

const POLL_MS = 2500;

/**
 * The detections under way in a scope, and how many of the same lot have ended; looked at again while there are any, which is
 * also what makes work go on where no worker runs. When the last one ends it says so and has every drift figure read again.
 */
export function useRunning(scope: DriftScope): { running: number; ended: number } {
  const utils = trpc.useUtils();
  const overview = trpc.drift.overview.useQuery(scope, {
    refetchInterval: ({ state }) => ((state.data?.stacks.running ?? 0) > 0 ? POLL_MS : false),
  }).data;
  const running = overview?.stacks.running ?? 0;
  const drifted = overview?.verdicts.find(({ verdict }) => verdict === "DRIFTED")?.count ?? 0;
  const before = useRef(running);
  useEffect(() => {
    const areAllOver = before.current > 0 && running === 0;
    before.current = running;
    if (!areAllOver) return;
    toast(`Every detection has ended: ${plural(drifted, "stack is drifted", "stacks are drifted")}.`);
    void utils.drift.invalidate();
  }, [running, drifted, utils]);
  return { running, ended: overview?.stacks.ended ?? 0 };
}
