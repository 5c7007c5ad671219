"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, IconButton } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { plural } from "@/components/ui/figure-text";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { IgnoreRuleView } from "@/server/drift/views";
import { scopeText } from "./ignore-scope";

/** The rules, the latest first, with what each hides now. */
export function IgnoreRuleList({ rules }: { rules: IgnoreRuleView[] }) {
  const [removing, setRemoving] = useState<IgnoreRuleView | null>(null);
  const { isAdmin } = useRights();
  return (
    <>
      <ul aria-label="Ignore rules" className="divide-y rounded-lg border bg-surface text-sm">
        {rules.map((rule) => (
          <li
            key={rule.id}
            id={rule.id}
            className="flex scroll-mt-20 flex-wrap items-start gap-x-4 gap-y-1 px-4 py-2.5 target:bg-accent-soft"
          >
            <div className={cn("min-w-0 flex-1 basis-80", rule.isExpired && "text-muted")}>
              <p className="font-mono text-xs font-medium [overflow-wrap:anywhere]">{scopeText(rule)}</p>
              <p>{rule.reason}</p>
              <p className="text-xs text-muted">
                {rule.createdByEmail ?? rule.createdBy}, <Time at={rule.createdAt} />
              </p>
            </div>
            <div className="flex w-40 flex-col items-start gap-0.5 text-xs max-md:w-auto">
              <span className="text-sm figures">
                {rule.isExpired ? (
                  <Status tone="off">Expired</Status>
                ) : rule.hides === 0 ? (
                  <span className="text-muted">hides nothing now</span>
                ) : (
                  `hides ${plural(rule.hides, "difference")}`
                )}
              </span>
              <span className="text-muted">
                {rule.expiresAt ? (
                  <>
                    {rule.isExpired ? "ended" : "ends"} <Time at={rule.expiresAt} />
                  </>
                ) : (
                  "has no end"
                )}
              </span>
            </div>
            {isAdmin && (
              <IconButton label="Remove this rule" className="max-md:ml-auto" onClick={() => setRemoving(rule)}>
                <Trash2 aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {removing && <RemoveDialog rule={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

function RemoveDialog({ rule, onClose }: { rule: IgnoreRuleView; onClose(): void }) {
  const utils = trpc.useUtils();
  const remove = trpc.drift.ignoreRules.remove.useMutation({
    onSuccess: async () => {
      toast.success("The rule is removed. What it hid counts again.");
      onClose();
      await utils.drift.invalidate();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Remove this rule?"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="danger" isBusy={remove.isPending} onClick={() => remove.mutate({ ruleId: rule.id })}>
            Remove the rule
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2 text-sm">
        <p className="font-mono text-xs [overflow-wrap:anywhere]">{scopeText(rule)}</p>
        <p>
          {rule.hides > 0
            ? `${plural(rule.hides, "difference")} that it hides now will count as drift again.`
            : "It hides nothing now, so no figure changes."}
        </p>
        {remove.error && (
          <p role="alert" className="text-bad">
            {readError(remove.error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
