"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { NoAccount } from "@/components/accounts/no-account";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { PageHeader } from "@/components/ui/page-header";
import { StaleNotice } from "@/components/ui/stale-notice";
import { IgnoreRuleList } from "./ignore-rule-list";
import { IgnoreRulesSkeleton } from "./ignore-rules-skeleton";
import { NewRuleDialog } from "./new-rule-dialog";

/** What is not told as drift any more, why, by whose word and until when. */
export function IgnoreRulesPage() {
  const [isAdding, setIsAdding] = useState(false);
  const { isAdmin } = useRights();
  const query = trpc.drift.ignoreRules.list.useQuery({});
  const hasNoAccount = trpc.accounts.list.useQuery().data?.length === 0;
  const { data: rules, error } = query;
  if (!rules)
    return error ? (
      <ErrorState
        heading="h1"
        {...readError(error)}
        isRetrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <IgnoreRulesSkeleton />
    );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Ignore rules"
        note={
          <>
            <Link href="/drift" className="underline-offset-4 hover:text-accent hover:underline">
              Drift
            </Link>
            <span className="figures">{plural(rules.length, "rule")}</span>
            {!isAdmin && <span>Admins of your team add and remove them.</span>}
          </>
        }
        actions={
          isAdmin &&
          !hasNoAccount && (
            <Button tone="primary" size="sm" onClick={() => setIsAdding(true)}>
              <Plus aria-hidden />
              Add a rule
            </Button>
          )
        }
      />
      {query.isRefetchError && <StaleNotice query={query} />}
      {rules.length === 0 && hasNoAccount ? (
        <NoAccount text="Connect an AWS account first. What differs in its stacks can be ignored then, with a reason that everybody reads here." />
      ) : rules.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            title="Nothing is ignored"
            text={
              isAdmin
                ? "Open a drifted stack and choose Ignore beside a difference: the rule is written for you, and shows what it hides before it is saved."
                : "Every difference is told. Admins of your team may decide otherwise, and their rules are listed here with the reason."
            }
            action={
              <Link href="/drift?drift=DRIFTED" className={buttonStyle()}>
                Show drifted stacks
              </Link>
            }
          />
        </div>
      ) : (
        <IgnoreRuleList rules={rules} />
      )}
      {isAdding && <NewRuleDialog onClose={() => setIsAdding(false)} />}
    </div>
  );
}
