"use client";
import { Plus, RefreshCw } from "lucide-react";
import Link from "next/link";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, buttonStyle } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { PageHeader } from "@/components/ui/page-header";
import { AccountTable } from "./account-table";
import { AccountsSkeleton } from "./accounts-skeleton";
import { FirstAccount } from "./first-account";
import { useSync } from "./use-sync";

const POLL_MS = 2000;

/** Every connected account. Looks again while one of them syncs. */
export function AccountsPage() {
  const list = trpc.accounts.list.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.some(({ sync }) => sync) ? POLL_MS : false),
  });
  const { start, isStarting } = useSync();
  const { isAdmin } = useRights();
  const { data: accounts, error } = list;
  if (!accounts)
    return error ? (
      <ErrorState {...readError(error)} isRetrying={list.isFetching} onRetry={() => void list.refetch()} />
    ) : (
      <AccountsSkeleton />
    );
  if (accounts.length === 0) return <FirstAccount />;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Accounts"
        note={plural(accounts.length, "connected account")}
        actions={
          <>
            <Button onClick={() => start({})} isBusy={isStarting}>
              {!isStarting && <RefreshCw aria-hidden />}
              Sync all
            </Button>
            {isAdmin && (
              <Link href="/accounts/new" className={buttonStyle({ tone: "primary" })}>
                <Plus aria-hidden />
                Connect an account
              </Link>
            )}
          </>
        }
      />
      <AccountTable accounts={accounts} />
    </div>
  );
}
