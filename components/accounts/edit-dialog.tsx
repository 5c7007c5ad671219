"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import type { AccountDetail } from "./account-page";

/** The account's name here, and the region that its role is first asked in. */
export function EditDialog({ account, onClose }: { account: AccountDetail; onClose(): void }) {
  const [name, setName] = useState(account.name);
  const [region, setRegion] = useState(account.region);
  const utils = trpc.useUtils();
  const update = trpc.accounts.update.useMutation({
    onSuccess: async () => {
      toast.success("Saved.");
      onClose();
      await utils.invalidate();
    },
  });
  const problem = update.error ? readError(update.error) : null;
  return (
    <FormDialog
      title={`Change ${account.name}`}
      description="Only what CloudGuard calls it; nothing changes in AWS."
      problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}
      action="Save"
      isBusy={update.isPending}
      onSubmit={() => update.mutate({ accountId: account.id, name, region })}
      onClose={onClose}
    >
      <Field label="Name" error={problem?.fields.name}>
        {(wiring) => <Input {...wiring} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field
        label="Default region"
        hint="Where CloudGuard begins. Every enabled region is read whatever stands here."
        error={problem?.fields.region}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={region}
            onChange={(event) => setRegion(event.target.value)}
            className="font-mono"
            spellCheck={false}
          />
        )}
      </Field>
    </FormDialog>
  );
}
