"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import type { CostAnomaly } from "@/server/cost/views";
import { daysText } from "./day-text";
import { moneyText } from "./money-text";

/** Puts an anomaly aside, with why, for whoever looks next. */
export function DismissDialog({ anomaly, onClose }: { anomaly: CostAnomaly; onClose(): void }) {
  const { awsAccountId, accountName, service, firstDay, lastDay, over } = anomaly;
  const [reason, setReason] = useState("");
  const utils = trpc.useUtils();
  const dismiss = trpc.cost.dismiss.useMutation({
    onSuccess: async () => {
      toast.success("Dismissed. It stays listed with your reason.");
      onClose();
      await Promise.all([utils.cost.anomalies.invalidate(), utils.cost.overview.invalidate()]);
    },
  });
  const problem = dismiss.error ? readError(dismiss.error) : null;
  return (
    <FormDialog
      title={`Dismiss ${service}`}
      description={`${moneyText(over)} over expectation in ${accountName}, ${daysText(firstDay, lastDay)}.`}
      action="Dismiss"
      isBusy={dismiss.isPending}
      onSubmit={() => dismiss.mutate({ awsAccountId, service, firstDay, reason })}
      onClose={onClose}
    >
      <Field
        label="Reason"
        hint="Such as: the load test of the 12th, agreed with the team."
        error={(problem && (problem.fields.reason ?? problem.message)) || undefined}
      >
        {(wiring) => (
          <Input {...wiring} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  );
}
