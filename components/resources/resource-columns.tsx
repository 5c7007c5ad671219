import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import type { Column } from "@/components/ui/data-table";
import { Status, StatusShape } from "@/components/ui/status";
import { ExactTime, Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { RouterOutputs } from "@/server/routers";
import { factLine } from "./fact-words";
import { regionName } from "./region-name";

export type ResourceRow = RouterOutputs["resources"]["list"]["rows"][number];

/** Every column that the resource list can show. */
export const resourceColumns: Column<ResourceRow>[] = [
  {
    id: "name",
    header: "Name",
    sortKey: "name",
    className: "w-60",
    phone: "max-md:w-[56%]",
    cell: (row) => <Name row={row} />,
  },
  {
    id: "type",
    header: "Type",
    sortKey: "type",
    className: "w-40",
    phone: "max-md:w-[44%]",
    cell: (row) => row.typeLabel,
  },
  {
    id: "account",
    header: "Account",
    className: "w-40",
    hide: "max-md:hidden",
    cell: (row) => <span title={row.awsAccountId}>{row.accountName}</span>,
  },
  {
    id: "region",
    header: "Region",
    sortKey: "region",
    className: "w-31",
    hide: "max-lg:hidden",
    cell: (row) => regionName(row.region),
  },
  {
    id: "state",
    header: "State",
    sortKey: "state",
    className: "w-39",
    hide: "max-xl:hidden",
    cell: (row) => <State row={row} />,
  },
  {
    id: "details",
    header: "Details",
    // No width: it takes what is left.
    hide: "max-[1400px]:hidden",
    cell: (row) => <Details row={row} />,
  },
  { id: "tags", header: "Tags", className: "w-48", hide: "max-2xl:hidden", cell: (row) => <Tags tags={row.tags} /> },
  {
    id: "lastChangedAt",
    header: "Last changed",
    sortKey: "lastChangedAt",
    className: "w-29",
    hide: "max-xl:hidden",
    cell: (row) => <Time at={row.lastChangedAt} className="text-muted" />,
  },
  {
    id: "firstSeenAt",
    header: "First seen",
    sortKey: "firstSeenAt",
    className: "w-28",
    cell: (row) => <Time at={row.firstSeenAt} className="text-muted" />,
  },
  { id: "id", header: "Id", className: "w-56", cell: (row) => <Copyable text={row.nativeId} name="id" max={24} /> },
  {
    id: "arn",
    header: "ARN",
    className: "w-80",
    cell: (row) =>
      row.arn ? <Copyable text={row.arn} name="ARN" max={40} /> : <span className="text-faint">none</span>,
  },
  {
    id: "seenAt",
    header: "As of",
    className: "w-24",
    cell: (row) => <Time at={row.seenAt} className={row.isStale ? "text-warn" : "text-muted"} />,
  },
];

export const usualColumns = ["name", "type", "account", "region", "state", "details", "tags", "lastChangedAt"];

function Name({ row }: { row: ResourceRow }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Link
        href={`/resources/${row.id}`}
        data-row-link
        prefetch={false}
        title={row.name ?? row.nativeId}
        className="truncate rounded-sm font-medium underline-offset-4 -outline-offset-1 group-hover/row:underline"
      >
        {row.name ?? <span className="font-mono text-xs">{row.nativeId}</span>}
      </Link>
      {row.isStale && (
        <Tooltip
          content={
            <>
              Stale, last read <ExactTime at={row.seenAt} />
            </>
          }
        >
          <span tabIndex={0} aria-label="Stale">
            <StatusShape tone="warn" />
          </span>
        </Tooltip>
      )}
    </span>
  );
}

function State({ row }: { row: ResourceRow }) {
  if (row.goneAt) return <Status tone="off">Gone</Status>;
  return row.state ? <span title={row.state}>{row.state}</span> : <span className="text-faint">none</span>;
}

function Details({ row }: { row: ResourceRow }) {
  const line = factLine(row.facts);
  return (
    <span className="text-muted" title={line}>
      {line}
    </span>
  );
}

function Tags({ tags }: { tags: ResourceRow["tags"] }) {
  if (tags === null) return <span className="text-faint">not read</span>;
  const all = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return (
    <span className="text-xs text-muted" title={all.join("\n")}>
      {all.join("  ")}
    </span>
  );
}
