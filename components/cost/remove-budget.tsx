"use client";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { BudgetView } from "@/server/cost/views";
import { moneyText } from "./money-text";

/** Asks before a budget goes. */
export function RemoveBudget({ budget, onClose }: { budget: BudgetView; onClose(): void }) {
  const utils = trpc.useUtils();
  const remove = trpc.cost.budgets.remove.useMutation({
    onSuccess: async () => {
      toast.success(`Removed ${budget.name}.`);
      onClose();
      await Promise.all([utils.cost.budgets.invalidate(), utils.cost.overview.invalidate()]);
    },
    onError: (error) => toast.error(readError(error).message),
  });
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Remove ${budget.name}?`}>
      <div className="flex flex-col gap-4 text-sm">
        <p>
          The budget of {moneyText(budget.amount)} a month for {budget.scope === "ALL" ? "everything" : budget.label} is
          deleted. Costs stay as they are.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="danger" isBusy={remove.isPending} onClick={() => remove.mutate({ budgetId: budget.id })}>
            Remove {budget.name}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
