"use client";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";

/** Asks for newer figures. What the schedule or the cap holds back is said with its reason. */
export function useCostRefresh() {
  const utils = trpc.useUtils();
  const { mutate, isPending } = trpc.cost.refresh.useMutation({
    onSuccess: async (wishes) => {
      const queued = wishes.filter(({ isQueued }) => isQueued);
      const [held] = wishes.filter(({ isQueued }) => !isQueued);
      if (queued.length > 0) toast(`Reading the costs of ${plural(queued.length, "account")}.`);
      else toast.info(held ? `${held.name}: ${held.reason ?? "not now."}` : "No account is connected.");
      await utils.cost.invalidate();
    },
    onError: (error) => toast.error(readError(error).message),
  });
  return { refresh: mutate, isRefreshing: isPending };
}
