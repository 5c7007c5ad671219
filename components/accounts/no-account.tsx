"use client";
import Link from "next/link";
import { useRights } from "@/components/rights";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { AskAnAdmin } from "./first-account";

/** In place of a list that needs an account: what to do, for whoever may do it. */
export function NoAccount({ text }: { text: string }) {
  const { isAdmin } = useRights();
  const title = "No account is connected";
  if (!isAdmin) return <AskAnAdmin title={title} />;
  return (
    <EmptyState
      title={title}
      text={text}
      action={
        <Link href="/accounts/new" className={buttonStyle({ tone: "primary" })}>
          Connect an account
        </Link>
      }
    />
  );
}
