"use client";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { syncOutcome } from "@/components/accounts/sync-words";
import { trpc } from "@/components/trpc";

const POLL_MS = 1500;

/**
 * Watches syncs on every page. While one runs it looks every second and a half; when one ends it says so, aloud for
 * screen readers, and has every list read again. Nothing runs: nothing is asked.
 */
export function SyncAnnouncer() {
  const utils = trpc.useUtils();
  const [said, setSaid] = useState("");
  const running = useRef(new Set<string>());
  const { data: syncs } = trpc.resources.syncs.useQuery(
    {},
    { refetchInterval: ({ state }) => (state.data?.some((sync) => sync.state === "RUNNING") ? POLL_MS : false) },
  );
  const accounts = trpc.accounts.list.useQuery().data;

  useEffect(() => {
    if (!syncs) return;
    const ended = syncs.filter(({ runId, state }) => state !== "RUNNING" && running.current.has(runId));
    running.current = new Set(syncs.filter(({ state }) => state === "RUNNING").map(({ runId }) => runId));
    if (ended.length === 0) return;
    for (const sync of ended) {
      const { message, isGood } = syncOutcome(
        sync,
        accounts?.find(({ id }) => id === sync.accountId)?.name ?? "the account",
      );
      (isGood ? toast.success : toast.warning)(message);
      setSaid(message);
    }
    void utils.resources.invalidate();
    void utils.accounts.invalidate();
  }, [syncs, accounts, utils]);

  return (
    <p role="status" aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
