"use client";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { syncOutcome } from "@/components/accounts/sync-words";
import { trpc } from "@/components/trpc";

const POLL_MS = 1500;
/** Syncs also begin by the clock. */
const IDLE_POLL_MS = 60_000;

/**
 * Watches syncs on every page. While one runs it looks every second and a half, else every minute; when one has ended it has
 * every list read again. Of one that somebody has asked for and that it saw running it says so, aloud for screen readers.
 */
export function SyncAnnouncer() {
  const utils = trpc.useUtils();
  const [said, setSaid] = useState("");
  const running = useRef(new Set<string>());
  /** Those that had ended when this began to watch; null before. */
  const over = useRef<Set<string> | null>(null);
  const { data: syncs } = trpc.resources.syncs.useQuery(
    {},
    { refetchInterval: ({ state }) => (state.data?.some((sync) => sync.state === "RUNNING") ? POLL_MS : IDLE_POLL_MS) },
  );
  const accounts = trpc.accounts.list.useQuery().data;

  useEffect(() => {
    if (!syncs) return;
    const known = over.current;
    const ended = syncs.filter(({ runId, state }) => state !== "RUNNING" && known && !known.has(runId));
    const asked = ended.filter(({ runId, trigger }) => trigger !== "SCHEDULE" && running.current.has(runId));
    running.current = new Set(syncs.filter(({ state }) => state === "RUNNING").map(({ runId }) => runId));
    over.current = new Set(syncs.filter(({ state }) => state !== "RUNNING").map(({ runId }) => runId));
    if (ended.length === 0) return;
    for (const sync of asked) {
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
