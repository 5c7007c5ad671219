"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { IgnorePreview } from "./ignore-preview";
import { RuleTerms, whyNotEnough } from "./rule-terms";
import { expiryAt, type Expiry } from "./ignore-scope";
import { useIgnorePreview } from "./use-ignore-preview";

const fields = [
  { key: "propertyPath", label: "Path", example: "/Tags[LastScanned]", hint: "This property and everything under it." },
  { key: "resourceType", label: "Resource type", example: "AWS::AutoScaling::AutoScalingGroup", hint: undefined },
  { key: "logicalId", label: "Logical id", example: "WebFleet", hint: undefined },
] as const;

/** A rule from nothing: everything that is filled in must fit. */
export function NewRuleDialog({ onClose }: { onClose(): void }) {
  const [scope, setScope] = useState({ propertyPath: "", resourceType: "", logicalId: "", accountId: "" });
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const [expiry, setExpiry] = useState<Expiry>("never");
  const utils = trpc.useUtils();
  const accounts = trpc.accounts.list.useQuery().data ?? [];
  // What is left empty does not narrow the rule.
  const asked = Object.fromEntries(Object.entries(scope).filter(([, value]) => value.trim() !== ""));
  const isEmpty = Object.keys(asked).length === 0;
  const shown = useIgnorePreview(isEmpty ? null : asked);
  const create = trpc.drift.ignoreRules.create.useMutation({
    onSuccess: async () => {
      toast.success("The rule is saved.");
      onClose();
      await utils.drift.invalidate();
    },
  });
  const problem = create.error ? readError(create.error) : null;
  const wrong = { ...shown.error?.fields, ...problem?.fields };
  const isNamed = [...fields.map(({ key }) => key), "reason"].some((key) => wrong[key]);
  return (
    <FormDialog
      title="Add an ignore rule"
      description="Everything that you fill in must fit; what you leave empty does not matter."
      className="max-w-xl"
      problem={problem && !isNamed ? problem.message : null}
      action="Save the rule"
      isBusy={create.isPending}
      isDisabled={!shown.isCurrent}
      onSubmit={() => {
        setIsAsked(true);
        if (!whyNotEnough(reason)) create.mutate({ ...asked, reason, expiresAt: expiryAt(expiry, new Date()) });
      }}
      onClose={onClose}
    >
      {fields.map(({ key, label, example, hint }) => (
        <Field key={key} label={label} hint={hint} error={wrong[key]}>
          {(wiring) => (
            <Input
              {...wiring}
              value={scope[key]}
              placeholder={example}
              onChange={(event) => setScope({ ...scope, [key]: event.target.value })}
              className="font-mono"
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
      ))}
      <Field label="Account">
        {(wiring) => (
          <Select
            {...wiring}
            value={scope.accountId}
            onChange={(event) => setScope({ ...scope, accountId: event.target.value })}
          >
            <option value="">Every account</option>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {!isEmpty && <IgnorePreview shown={shown} isSaidElsewhere={isNamed} />}
      <RuleTerms
        reason={reason}
        onReason={setReason}
        reasonError={(isAsked && whyNotEnough(reason)) || wrong.reason}
        expiry={expiry}
        onExpiry={setExpiry}
      />
    </FormDialog>
  );
}
