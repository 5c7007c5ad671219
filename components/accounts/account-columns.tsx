import Link from "next/link";
import { resourcesHref } from "@/components/resources/list-params";
import { Copyable } from "@/components/ui/copyable";
import type { Column } from "@/components/ui/data-table";
import { Figure } from "@/components/ui/figure";
import { plural } from "@/components/ui/figure-text";
import { Progress } from "@/components/ui/progress";
import { StatusShape } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { AccountStatus, type AccountSummary } from "./account-status";
import { whyIncomplete } from "./completeness-words";
import { progressText } from "./sync-progress";

/** Every column that the account list can show. */
export const accountColumns: Column<AccountSummary>[] = [
  {
    id: "name",
    header: "Account",
    sortKey: "name",
    className: "w-56",
    phone: "max-md:w-[44%]",
    cell: (row) => <Name row={row} />,
  },
  {
    id: "awsAccountId",
    header: "Account number",
    className: "w-44",
    hide: "max-xl:hidden",
    cell: ({ awsAccountId }) => <Copyable text={awsAccountId} name="account number" />,
  },
  {
    id: "status",
    header: "Status",
    sortKey: "status",
    className: "w-32",
    phone: "max-md:w-[31%]",
    cell: ({ status }) => <AccountStatus status={status} />,
  },
  { id: "why", header: "Why, or how far", hide: "max-xl:hidden", cell: (row) => <Why row={row} /> },
  {
    id: "resources",
    header: "Resources",
    sortKey: "resources",
    isNumber: true,
    className: "w-28",
    phone: "max-md:w-[25%]",
    cell: ({ id, resourceCount, completeness }) => (
      <Figure
        value={resourceCount}
        one="resource"
        isPartial={completeness.isPartial}
        isStale={completeness.isStale}
        asOf={completeness.asOf}
        whyNot={whyIncomplete(completeness)}
        href={resourcesHref({ account: [id] })}
      />
    ),
  },
  {
    id: "regions",
    header: "Regions",
    isNumber: true,
    className: "w-24",
    hide: "max-2xl:hidden",
    cell: ({ regionsEnabled }) => (
      <Figure
        value={regionsEnabled}
        one="enabled region"
        whyNot={regionsEnabled === null ? "The enabled regions have not been read yet." : null}
      />
    ),
  },
  {
    id: "gaps",
    header: "Gaps",
    sortKey: "gaps",
    isNumber: true,
    className: "w-20",
    hide: "max-md:hidden",
    cell: (row) => <Gaps row={row} />,
  },
  {
    id: "lastSyncedAt",
    header: "Last synced",
    sortKey: "lastSyncedAt",
    className: "w-32",
    hide: "max-md:hidden",
    cell: ({ lastSyncedAt, completeness }) => <Moment at={lastSyncedAt} isStale={completeness.isStale} />,
  },
  { id: "checkedAt", header: "Role checked", className: "w-32", cell: ({ checkedAt }) => <Moment at={checkedAt} /> },
  { id: "createdAt", header: "Connected", className: "w-32", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  {
    id: "roleArn",
    header: "Role ARN",
    className: "w-72",
    cell: ({ roleArn }) => <Copyable text={roleArn} name="role ARN" max={34} />,
  },
];

export const usualAccountColumns = [
  "name",
  "awsAccountId",
  "status",
  "why",
  "resources",
  "regions",
  "gaps",
  "lastSyncedAt",
];

function Name({ row: { id, name, awsAccountId } }: { row: AccountSummary }) {
  return (
    <Link
      href={`/accounts/${id}`}
      data-row-link
      prefetch={false}
      title={`${name}, ${awsAccountId}`}
      className="block truncate rounded-sm font-medium underline-offset-4 -outline-offset-1 group-hover/row:underline"
    >
      {name}
    </Link>
  );
}

function Why({ row: { name, sync, statusReason } }: { row: AccountSummary }) {
  if (sync)
    return (
      <span className="flex items-center gap-3 text-muted figures">
        <Progress done={sync.cellsDone} total={sync.cellsTotal} label={`Sync of ${name}`} className="w-24 shrink-0" />
        <span className="truncate">{progressText(sync)}</span>
      </span>
    );
  return (
    <span className="text-muted" title={statusReason ?? undefined}>
      {statusReason}
    </span>
  );
}

function Gaps({ row: { id, name, completeness } }: { row: AccountSummary }) {
  const { gaps, cellsRead } = completeness;
  if (gaps.length === 0)
    return cellsRead > 0 ? <span className="text-muted">0</span> : <span className="text-faint">—</span>;
  return (
    <Link
      href={`/accounts/${id}#gaps`}
      prefetch={false}
      aria-label={`${plural(gaps.length, "gap")} in ${name}`}
      className="rounded-sm underline-offset-4 hover:text-accent hover:underline"
    >
      {gaps.length}
    </Link>
  );
}

function Moment({ at, isStale = false }: { at: Date | null; isStale?: boolean }) {
  if (!at) return <span className="text-faint">never</span>;
  return (
    <span className="inline-flex items-center gap-1">
      {isStale && <StatusShape tone="warn" className="size-3" />}
      {isStale && <span className="sr-only">Stale: </span>}
      <Time at={at} className={isStale ? "text-warn" : "text-muted"} />
    </span>
  );
}
