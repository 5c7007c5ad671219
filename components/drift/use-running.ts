"use client";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";
import type { DriftScope } from "@/server/drift/filter";
import { haveAllEnded, type RunningSeen } from "./running-end";

const POLL_MS = 2500;

/**
 * The detections under way in a scope, and how many of the same lot have ended; looked at again while there are any, which is
 * also what makes work go on where no worker runs. When the last one ends it says so and has every drift figure read again.
 */
export function useRunning(scope: DriftScope): { running: number; ended: number } {
  const utils = trpc.useUtils();
  const where = JSON.stringify(scope);
  const overview = trpc.drift.overview.useQuery(scope, {
    refetchInterval: ({ state }) => ((state.data?.stacks.running ?? 0) > 0 ? POLL_MS : false),
  }).data;
  const running = overview?.stacks.running;
  const drifted = overview?.verdicts.find(({ verdict }) => verdict === "DRIFTED")?.count ?? 0;
  const before = useRef<RunningSeen | null>(null);
  useEffect(() => {
    const now = running === undefined ? null : { scope: where, running };
    const isOver = haveAllEnded(before.current, now);
    before.current = now ?? before.current;
    if (!isOver) return;
    toast(`Every detection has ended: ${plural(drifted, "stack is drifted", "stacks are drifted")}.`);
    void utils.drift.invalidate();
  }, [where, running, drifted, utils]);
  return { running: running ?? 0, ended: overview?.stacks.ended ?? 0 };
}
