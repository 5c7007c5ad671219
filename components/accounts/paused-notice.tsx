"use client";
import Link from "next/link";
import { trpc } from "@/components/trpc";
import { Notice } from "@/components/ui/notice";
import { plural } from "@/components/ui/figure-text";

/** Says that what a page shows grows old: each of the accounts that it is about is paused. Nothing where one of them is not. */
export function PausedNotice({ accountIds }: { accountIds: string[] }) {
  const paused = usePausedAccounts(accountIds);
  const [first, ...others] = paused;
  if (!first) return null;
  const isOne = others.length === 0;
  return (
    <Notice
      tone="unknown"
      action={
        <Link
          href={isOne ? `/accounts/${first.id}` : "/accounts?status=paused"}
          className="text-sm font-medium underline underline-offset-4"
        >
          {isOne ? `Open ${first.name}` : "Show them"}
        </Link>
      }
    >
      {isOne ? `${first.name} is paused` : `${plural(paused.length, "account")} are paused`}: CloudGuard makes no call
      there until {isOne ? "it is" : "they are"} resumed, and what is shown stays as it was last read.
    </Notice>
  );
}

/** The chosen accounts, where all of them are paused; else none. */
export function usePausedAccounts(accountIds: string[]) {
  const accounts = trpc.accounts.list.useQuery().data ?? [];
  const chosen = accounts.filter(({ id }) => accountIds.includes(id));
  return chosen.every(({ status }) => status === "paused") ? chosen : [];
}
