"use client";
import { useQueryStates } from "nuqs";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { WizardBegin } from "./wizard-begin";
import { WizardConnect } from "./wizard-connect";
import { wizardParams } from "./wizard-params";
import { WizardRole } from "./wizard-role";
import { WizardStep } from "./wizard-step";

/** From a name and a number to an account that syncs. */
export function ConnectWizard() {
  const [{ draft, via }, setParams] = useQueryStates(wizardParams);
  const pack = trpc.accounts.rolePack.useQuery({ externalIdId: draft ?? "" }, { enabled: draft !== null });
  const restart = () => void setParams({ draft: null, via: null }, { history: "push" });
  const problem = draft && pack.error && !pack.data ? readError(pack.error) : null;

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <PageHeader
        title="Connect an account"
        note="CloudGuard reads through a role in your account that only it can use. It holds no keys."
      />
      {problem?.code === "NOT_FOUND" ? (
        <Notice
          tone="warn"
          action={
            <Button size="sm" onClick={restart}>
              Start again
            </Button>
          }
        >
          This connection was not found. It may have been finished or deleted; start again to get a new ExternalId.
        </Notice>
      ) : problem ? (
        <ErrorState {...problem} isRetrying={pack.isFetching} onRetry={() => void pack.refetch()} />
      ) : (
        <ol className="flex flex-col">
          <WizardStep number={1} title="Name the account" state={draft ? "done" : "open"}>
            {draft ? (
              <BegunFacts pack={pack.data} onRestart={restart} />
            ) : (
              <WizardBegin onBegun={(externalIdId) => void setParams({ draft: externalIdId }, { history: "push" })} />
            )}
          </WizardStep>
          <WizardStep number={2} title="Make the role" state={draft ? "open" : "ahead"}>
            {draft &&
              (pack.data ? (
                <WizardRole pack={pack.data} via={via} onVia={(next) => void setParams({ via: next })} />
              ) : (
                <Skeleton className="h-64 rounded-md" />
              ))}
          </WizardStep>
          <WizardStep number={3} title="Check and connect" state={draft ? "open" : "ahead"} isLast>
            {pack.data && draft && <WizardConnect key={draft} pack={pack.data} />}
          </WizardStep>
        </ol>
      )}
    </div>
  );
}

function BegunFacts({
  pack,
  onRestart,
}: {
  pack: { name: string; awsAccountId: string; region: string } | undefined;
  onRestart(): void;
}) {
  if (!pack) return <Skeleton className="w-64" />;
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <span>
        <span className="font-medium text-ink">{pack.name}</span>, account{" "}
        <span className="font-mono text-xs text-ink">{pack.awsAccountId}</span>, from{" "}
        <span className="font-mono text-xs text-ink">{pack.region}</span>
      </span>
      <Button tone="quiet" size="sm" onClick={onRestart}>
        Connect another instead
      </Button>
    </p>
  );
}
