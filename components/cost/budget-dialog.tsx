"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { BudgetView } from "@/server/cost/views";

type BudgetScope = BudgetView["scope"];

interface BudgetDialogProps {
  /** None: a new one. What a budget is for stays as it was made. */
  budget?: BudgetView;
  services: string[];
  onClose(): void;
}

/** Makes a budget, or changes its name and amount. */
export function BudgetDialog({ budget, services, onClose }: BudgetDialogProps) {
  const [name, setName] = useState(budget?.name ?? "");
  const [amount, setAmount] = useState(budget?.amount ?? "");
  const [scope, setScope] = useState<BudgetScope>("ALL");
  const [awsAccountId, setAwsAccountId] = useState("");
  const [service, setService] = useState("");
  const accounts = trpc.accounts.list.useQuery().data ?? [];
  const utils = trpc.useUtils();
  const options = {
    onSuccess: async () => {
      toast.success("Saved.");
      onClose();
      await Promise.all([utils.cost.budgets.invalidate(), utils.cost.overview.invalidate()]);
    },
  };
  const creating = trpc.cost.budgets.create.useMutation(options);
  const updating = trpc.cost.budgets.update.useMutation(options);
  const { error, isPending } = budget ? updating : creating;
  const problem = error ? readError(error) : null;
  const at = (field: string) => problem?.fields[field] ?? problem?.fields[`of.${field}`];
  const isNamed = problem !== null && ["name", "amount", "awsAccountId", "service"].some((field) => at(field));
  const save = () => {
    if (budget) return updating.mutate({ budgetId: budget.id, name, amount });
    if (scope === "ALL") return creating.mutate({ name, amount, of: { scope } });
    if (scope === "ACCOUNT") return creating.mutate({ name, amount, of: { scope, awsAccountId } });
    return creating.mutate({ name, amount, of: { scope, service } });
  };
  return (
    <FormDialog
      title={budget ? `Change ${budget.name}` : "Add a budget"}
      description={
        budget ? `For ${budget.scope === "ALL" ? "everything" : budget.label}.` : "A sum for each calendar month."
      }
      problem={problem && !isNamed ? problem.message : null}
      action={budget ? "Save" : "Add the budget"}
      isBusy={isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label="Name" error={at("name")}>
        {(wiring) => <Input {...wiring} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      {!budget && (
        <Field label="For">
          {(wiring) => (
            <Select {...wiring} value={scope} onChange={(event) => setScope(event.target.value as BudgetScope)}>
              <option value="ALL">Everything</option>
              <option value="ACCOUNT">An account</option>
              <option value="SERVICE">A service</option>
            </Select>
          )}
        </Field>
      )}
      {!budget && scope === "ACCOUNT" && (
        <Field label="Account" error={at("awsAccountId")}>
          {(wiring) => (
            <Select {...wiring} value={awsAccountId} onChange={(event) => setAwsAccountId(event.target.value)}>
              <option value="">Choose an account</option>
              {accounts.map((account) => (
                <option key={account.id} value={account.awsAccountId}>
                  {account.name} ({account.awsAccountId})
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {!budget && scope === "SERVICE" && (
        <Field label="Service" error={at("service")}>
          {(wiring) => (
            <Select {...wiring} value={service} onChange={(event) => setService(event.target.value)}>
              <option value="">Choose a service</option>
              {services.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="Dollars a month" error={at("amount")}>
        {(wiring) => (
          <Input
            {...wiring}
            inputMode="decimal"
            className="figures"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
