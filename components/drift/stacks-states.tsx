"use client";
import Link from "next/link";
import { Button, buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { isNarrowed, type StackParams } from "./stack-params";

/** Says that there may be stacks which the list does not know. */
export function StacksPartialNotice() {
  return (
    <Notice
      tone="warn"
      action={
        <Link href="/accounts" className="text-sm font-medium underline underline-offset-4">
          See what to change
        </Link>
      }
    >
      This list is not complete: in some accounts or regions CloudGuard could not read the stacks, or has not yet.
    </Notice>
  );
}

/** No stacks: because none was read, or none fits the filter. */
export function StacksEmpty({
  params,
  isPartial,
  onClear,
}: {
  params: StackParams;
  isPartial: boolean;
  onClear(): void;
}) {
  if (isNarrowed(params))
    return (
      <EmptyState
        title="Nothing matches"
        text="No stack fits this search and these filters."
        action={<Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  if (isPartial)
    return (
      <EmptyState
        title="No stack has been read yet"
        text="The first sync fills this list. Where CloudGuard may not list stacks, the account’s page says what to add."
        action={
          <Link href="/accounts" className={buttonStyle()}>
            Go to the accounts
          </Link>
        }
      />
    );
  return (
    <EmptyState
      title="There are no stacks"
      text="CloudGuard read these accounts and found no CloudFormation stack in them, so there is no template to compare with."
    />
  );
}
