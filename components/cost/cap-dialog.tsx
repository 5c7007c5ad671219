"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";

export interface Capped {
  accountId: string;
  name: string;
  capUsd: string;
}

/** How much asking for an account's costs may cost in a month. */
export function CapDialog({ account, onClose }: { account: Capped; onClose(): void }) {
  const [capUsd, setCapUsd] = useState(account.capUsd);
  const utils = trpc.useUtils();
  const setting = trpc.cost.setCap.useMutation({
    onSuccess: async () => {
      toast.success("Saved.");
      onClose();
      await utils.cost.invalidate();
    },
  });
  const problem = setting.error ? readError(setting.error) : null;
  return (
    <FormDialog
      title={`The cap of ${account.name}`}
      description="Once asking has cost this much in a month, refreshes wait for the next one."
      action="Save"
      isBusy={setting.isPending}
      onSubmit={() => setting.mutate({ accountId: account.accountId, capUsd })}
      onClose={onClose}
    >
      <Field label="Dollars a month" error={problem ? (problem.fields.capUsd ?? problem.message) : undefined}>
        {(wiring) => (
          <Input
            {...wiring}
            inputMode="decimal"
            className="figures"
            value={capUsd}
            onChange={(event) => setCapUsd(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
