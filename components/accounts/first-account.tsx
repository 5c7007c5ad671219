"use client";
import Link from "next/link";
import { useRights } from "@/components/rights";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState, type EmptyStateProps } from "@/components/ui/empty-state";

const steps = [
  {
    title: "Name the account",
    text: "Its twelve-digit number and a name your colleagues know it by. CloudGuard issues an ExternalId for it, used nowhere else.",
  },
  {
    title: "Make a read-only role",
    text: "From a link, a CloudFormation template, AWS CLI lines or Terraform. You see every permission before you grant it.",
  },
  {
    title: "See what is there",
    text: "CloudGuard checks that nobody else can use the role, then reads every enabled region. The first resources appear within seconds.",
  },
];

/** Where there is no account yet: what to do, and what will happen. */
export function FirstAccount() {
  const { isAdmin } = useRights();
  if (!isAdmin) return <AskAnAdmin heading="h1" title="No account is connected yet" />;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 py-8 md:py-16">
      <div className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight">Connect your first AWS account</h1>
        <p className="max-w-prose text-base text-muted">
          It takes about two minutes. CloudGuard only reads: it holds no keys, and disconnecting deletes what it read.
        </p>
      </div>
      <ol className="grid rounded-lg border bg-surface max-md:divide-y md:grid-cols-3 md:divide-x">
        {steps.map(({ title, text }, index) => (
          <li key={title} className="flex flex-col gap-1 p-4">
            <span className="text-xs text-faint figures">{index + 1}</span>
            <h2 className="text-sm font-semibold">{title}</h2>
            <p className="text-sm text-muted">{text}</p>
          </li>
        ))}
      </ol>
      <Link href="/accounts/new" className={buttonStyle({ tone: "primary", className: "self-start" })}>
        Connect an account
      </Link>
    </div>
  );
}

/** What stands where an admin would connect accounts. */
export function AskAnAdmin({ title, heading, action }: Pick<EmptyStateProps, "title" | "heading" | "action">) {
  return (
    <EmptyState
      heading={heading}
      title={title}
      action={action}
      text="Admins of your team connect accounts. Ask one of them; you will see everything here as soon as it is read."
    />
  );
}
