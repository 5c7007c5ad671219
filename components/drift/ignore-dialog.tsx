"use client";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { plural } from "@/components/ui/figure-text";
import { Input } from "@/components/ui/input";
import { IgnorePreview } from "./ignore-preview";
import { expiryAt, reaches, scopeFor, type Expiry, type IgnoreReach, type IgnoreSubject } from "./ignore-scope";
import { RuleTerms, whyNotEnough } from "./rule-terms";
import { useIgnorePreview } from "./use-ignore-preview";

/** Makes a rule from a difference: how far it reaches, what it would hide now, why, and until when. */
export function IgnoreDialog({ subject, onClose }: { subject: IgnoreSubject; onClose(): void }) {
  const [reach, setReach] = useState<IgnoreReach>("resource");
  const [path, setPath] = useState(subject.path ?? "");
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const [expiry, setExpiry] = useState<Expiry>("never");
  const utils = trpc.useUtils();
  const scope = scopeFor(subject, reach, path);
  const shown = useIgnorePreview(scope);
  const count = shown.isCurrent && shown.preview ? shown.preview.differences : null;
  const create = trpc.drift.ignoreRules.create.useMutation({
    onSuccess: async () => {
      toast.success(`Ignored: ${plural(count ?? 0, "difference")} folded away, never lost.`);
      onClose();
      await utils.drift.invalidate();
    },
  });
  const problem = create.error ? readError(create.error) : null;
  const pathError = problem?.fields.propertyPath ?? shown.error?.fields.propertyPath;
  return (
    <FormDialog
      title={subject.path ? `Ignore ${subject.path}` : `Ignore that ${subject.logicalId} is gone`}
      description="Ignored differences are folded and counted, and a rule can be taken back."
      className="max-w-xl"
      problem={problem && Object.keys(problem.fields).length === 0 ? problem.message : null}
      action={<>Ignore {count === null ? "these differences" : plural(count, "difference")}</>}
      isBusy={create.isPending}
      isDisabled={count === null}
      onSubmit={() => {
        setIsAsked(true);
        if (!whyNotEnough(reason)) create.mutate({ ...scope, reason, expiresAt: expiryAt(expiry, new Date()) });
      }}
      onClose={onClose}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1.5 text-sm font-medium">Where</legend>
        {reaches(subject).map(([value, label]) => (
          <label key={value} className="flex min-h-7 items-center gap-2 text-sm [overflow-wrap:anywhere]">
            <input
              type="radio"
              name="reach"
              value={value}
              checked={reach === value}
              onChange={() => setReach(value)}
              className="size-3.5 shrink-0 accent-accent"
            />
            {label}
          </label>
        ))}
      </fieldset>
      {subject.path && (
        <Field
          label="Path"
          error={pathError}
          hint="This property and everything under it; * stands for one member: /BlockDeviceMappings/*"
        >
          {(wiring) => (
            <Input
              {...wiring}
              value={path}
              onChange={(event) => setPath(event.target.value)}
              className="font-mono"
              spellCheck={false}
            />
          )}
        </Field>
      )}
      <IgnorePreview shown={shown} isSaidElsewhere={pathError !== undefined} />
      <RuleTerms
        reason={reason}
        onReason={setReason}
        reasonError={(isAsked && whyNotEnough(reason)) || problem?.fields.reason}
        expiry={expiry}
        onExpiry={setExpiry}
        expiryError={problem?.fields.expiresAt}
      />
    </FormDialog>
  );
}
