"use client";
import Link from "next/link";
import { gapLines } from "@/components/accounts/gap-lines";
import { gapConsequence, gapReason } from "@/components/accounts/gap-words";
import { NotConnected } from "@/components/accounts/not-connected";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { plural } from "@/components/ui/figure-text";
import { Notice } from "@/components/ui/notice";
import type { RouterOutputs } from "@/server/routers";
import { isFiltered, type ListParams } from "./list-params";
import { useTypeLabels } from "./use-type-labels";

type Completeness = RouterOutputs["resources"]["list"]["completeness"];

/** Says that the list is not whole, and by what. */
export function PartialNotice({ completeness: { gaps } }: { completeness: Completeness }) {
  const labelOf = useTypeLabels();
  // Where tags alone are missing, every resource is in the list.
  const lines = gapLines(gaps).toSorted((a, b) => Number(a.subject === "tags") - Number(b.subject === "tags"));
  const [worst, ...others] = lines;
  if (!worst) return null;
  const link = (
    <Link href={`/accounts/${worst.accountId}`} className="text-sm font-medium underline underline-offset-4">
      See what to change
    </Link>
  );
  return (
    <Notice tone="warn" action={link}>
      {worst.subject === "tags" ? gapConsequence(worst) : "This list is not complete."} {gapReason(worst, labelOf)}
      {others.length > 0 && ` And ${plural(others.length, "more gap")}.`}
    </Notice>
  );
}

/** No rows: because nothing was read, nothing fits the filter, or nothing is there. */
export function ResourcesEmpty({
  params,
  completeness,
  onClear,
  onAllAccounts,
}: {
  params: ListParams;
  completeness: Completeness;
  onClear(): void;
  onAllAccounts(): void;
}) {
  const labelOf = useTypeLabels();
  const connected = trpc.accounts.list.useQuery().data;
  if (connected && params.account.length > 0 && !connected.some(({ id }) => params.account.includes(id)))
    return <NotConnected count={params.account.length} onClear={onAllAccounts} />;
  // Every type that CloudGuard reads has a label of its own.
  const unknown = params.type.filter((type) => labelOf(type) === type);
  if (unknown.length > 0 && unknown.length === params.type.length)
    return (
      <EmptyState
        title="No such resource type"
        text={`CloudGuard reads no type called ${unknown.join(" or ")}. Choose one under Type, or clear the filter.`}
        action={<Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  if (completeness.cellsRead === 0)
    return (
      <EmptyState
        title="Nothing has been read here yet"
        text={
          completeness.gaps.length > 0
            ? "CloudGuard could not read what this list would show, so it does not know whether there is anything."
            : "The first sync fills this list as it goes."
        }
        action={isFiltered(params) && <Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  if (isFiltered(params))
    return (
      <EmptyState
        title="Nothing matches"
        text="No resource fits this search and these filters."
        action={<Button onClick={onClear}>Clear the filter</Button>}
      />
    );
  return (
    <EmptyState
      title="These accounts are empty"
      text="CloudGuard read them and found none of the resource types that it knows."
    />
  );
}
