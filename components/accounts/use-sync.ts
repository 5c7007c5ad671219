"use client";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";

/** Starts syncs and cancels them. A sync that runs already is joined. */
export function useSync() {
  const utils = trpc.useUtils();
  const refresh = () =>
    Promise.all([
      utils.resources.syncs.invalidate(),
      utils.resources.overview.invalidate(),
      utils.accounts.invalidate(),
    ]);
  const onError = (error: unknown) => toast.error(readError(error).message);
  const starting = trpc.resources.sync.useMutation({
    onSuccess: async (syncs) => {
      if (syncs.length === 0) toast.info("There is nothing to sync: every account is paused.");
      else toast(`Syncing ${plural(syncs.length, "account")}.`);
      await refresh();
    },
    onError,
  });
  const cancelling = trpc.resources.cancelSync.useMutation({ onSuccess: refresh, onError });
  return {
    start: starting.mutate,
    isStarting: starting.isPending,
    cancel: (runId: string) => cancelling.mutate({ runId }),
    isCancelling: cancelling.isPending,
  };
}
