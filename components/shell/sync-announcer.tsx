"use client";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { syncOutcome, type Sync } from "@/components/accounts/sync-words";
import { trpc } from "@/components/trpc";
import { syncNews } from "./sync-news";

const POLL_MS = 1500;
/** Syncs also begin by the clock and in other tabs. Not looked for while nobody sees the page. */
const IDLE_POLL_MS = 30_000;

/**
 * Watches syncs on every page. While one runs it looks every second and a half, else every half minute. When one has begun
 * elsewhere, pages that show progress are told; when one has ended, everything that was read from AWS is read again. Of one that
 * somebody has asked for and that it saw running it says so, aloud for screen readers.
 */
export function SyncAnnouncer() {
  const utils = trpc.useUtils();
  const [said, setSaid] = useState("");
  const before = useRef<Sync[] | null>(null);
  const { data: syncs } = trpc.resources.syncs.useQuery(
    {},
    { refetchInterval: ({ state }) => (state.data?.some((sync) => sync.state === "RUNNING") ? POLL_MS : IDLE_POLL_MS) },
  );
  const accounts = trpc.accounts.list.useQuery().data;

  useEffect(() => {
    if (!syncs) return;
    const { hasBegun, hasEnded, asked } = syncNews(before.current, syncs);
    before.current = syncs;
    const outcomes = asked.map((sync) =>
      syncOutcome(sync, accounts?.find(({ id }) => id === sync.accountId)?.name ?? "the account"),
    );
    for (const { message, isGood } of outcomes) (isGood ? toast.success : toast.warning)(message);
    if (outcomes.length > 0) setSaid(outcomes.map(({ message }) => message).join(" "));
    if (hasBegun || hasEnded) void utils.accounts.invalidate();
    if (hasEnded) {
      void utils.resources.invalidate();
      // Stacks come with the inventory.
      void utils.drift.invalidate();
    } else if (hasBegun) void utils.resources.overview.invalidate();
  }, [syncs, accounts, utils]);

  return (
    <p role="status" aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
