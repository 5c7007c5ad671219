"use client";
import { useState, type FormEvent } from "react";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The first step: who it is. CloudGuard issues the ExternalId for exactly this account. */
export function WizardBegin({ onBegun }: { onBegun(externalIdId: string): void }) {
  const [name, setName] = useState("");
  const [awsAccountId, setAwsAccountId] = useState("");
  const [region, setRegion] = useState("us-east-1");
  const begin = trpc.accounts.begin.useMutation({ onSuccess: ({ externalIdId }) => onBegun(externalIdId) });
  const problem = begin.error ? readError(begin.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // AWS's console shows the number in groups; pasted as shown it is meant all the same.
    begin.mutate({ name, awsAccountId: awsAccountId.replace(/[\s-]/g, ""), region });
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-md flex-col gap-4">
      <Field label="Name" hint="As your colleagues know it." error={problem?.fields.name}>
        {(wiring) => (
          <Input
            {...wiring}
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Northwind production"
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label="AWS account number"
        hint="Twelve digits, at the top right of the AWS console."
        error={problem?.fields.awsAccountId}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={awsAccountId}
            onChange={(event) => setAwsAccountId(event.target.value)}
            inputMode="numeric"
            placeholder="123456789012"
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label="Default region"
        hint="Where the role is made and asked first. Every enabled region is read."
        error={problem?.fields.region}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={region}
            onChange={(event) => setRegion(event.target.value)}
            className="font-mono"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      {problem && Object.keys(problem.fields).length === 0 && (
        <p role="alert" className="text-sm text-bad">
          {problem.message}
        </p>
      )}
      <Button type="submit" tone="primary" className="self-start" isBusy={begin.isPending}>
        Issue the ExternalId
      </Button>
    </form>
  );
}
