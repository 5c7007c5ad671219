import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { regionName } from "@/components/resources/region-name";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import type { Column } from "@/components/ui/data-table";
import { plural } from "@/components/ui/figure-text";
import { Figure } from "@/components/ui/figure";
import { duration } from "@/components/ui/relative-time";
import { Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import { coverageText, isOutdated } from "./drift-words";
import { Severity } from "./severity";
import { stacksOf, type StackLine } from "./stack-lines";
import { stackHref } from "./stack-params";
import { Verdict } from "./verdict";

interface StackControls {
  lines: StackLine[];
  selected: ReadonlySet<string>;
  onSelect(stackIds: string[], isSelected: boolean): void;
  onUnfold(stackId: string): void;
}

/** The stack list's columns. */
export function stackColumns({ lines, selected, onSelect, onUnfold }: StackControls): Column<StackLine>[] {
  const all = lines.flatMap(stacksOf).map(({ id }) => id);
  const ticked = all.filter((id) => selected.has(id)).length;
  return [
    {
      id: "select",
      header: "Selected",
      className: "w-9 overflow-visible pr-0",
      head: (
        <Checkbox
          label="Select every stack that is listed"
          isChecked={all.length > 0 && ticked === all.length}
          isMixed={ticked > 0 && ticked < all.length}
          onChange={(isOn) => onSelect(all, isOn)}
        />
      ),
      cell: (line) => <Tick line={line} selected={selected} onSelect={onSelect} />,
    },
    {
      id: "name",
      header: "Stack",
      sortKey: "name",
      className: "w-48 max-lg:w-52",
      phone: "max-md:w-[54%]",
      cell: (line) => <Name line={line} onUnfold={onUnfold} />,
    },
    {
      id: "drift",
      header: "Drift",
      sortKey: "drift",
      className: "w-42",
      phone: "max-md:w-[46%]",
      cell: ({ stack, nested, isUnfolded }) => (
        <Verdict
          drift={stack.drift}
          job={stack.job}
          rolledUp={nested && !isUnfolded ? { verdict: nested.worstVerdict, count: nested.count } : null}
        />
      ),
    },
    {
      id: "severity",
      header: "Severity",
      sortKey: "severity",
      className: "w-24",
      hide: "max-md:hidden",
      cell: ({ stack, nested, isUnfolded }) => {
        const severity = nested && !isUnfolded ? nested.worstSeverity : stack.drift.severity;
        return severity ? <Severity severity={severity} /> : null;
      },
    },
    {
      id: "drifted",
      header: "Drifted",
      sortKey: "drifted",
      isNumber: true,
      className: "w-16",
      hide: "max-lg:hidden",
      cell: (line) => <Drifted line={line} />,
    },
    {
      id: "coverage",
      header: "Checked",
      className: "w-18",
      hide: "max-xl:hidden",
      cell: ({ stack: { drift } }) => <Checked drift={drift} />,
    },
    {
      id: "account",
      header: "Account",
      sortKey: "account",
      className: "w-41",
      hide: "max-xl:hidden",
      cell: ({ stack }) => <span title={stack.awsAccountId}>{stack.accountName}</span>,
    },
    {
      id: "region",
      header: "Region",
      sortKey: "region",
      className: "w-30",
      hide: "max-xl:hidden",
      cell: ({ stack }) => regionName(stack.region),
    },
    {
      id: "status",
      header: "Status",
      sortKey: "status",
      className: "w-40",
      hide: "max-[1440px]:hidden",
      cell: ({ stack }) => (
        <span
          className={cn("text-xs", stack.eligibility.isEligible ? "text-muted" : "text-warn")}
          title={stack.status ?? undefined}
        >
          {stack.status ?? "not read"}
        </span>
      ),
    },
    {
      id: "detectedAt",
      header: "Last detection",
      sortKey: "detectedAt",
      className: "w-28",
      hide: "max-lg:hidden",
      cell: ({ stack }) => <LastDetection stack={stack} />,
    },
  ];
}

function Tick({ line, selected, onSelect }: { line: StackLine } & Pick<StackControls, "selected" | "onSelect">) {
  const stacks = stacksOf(line);
  const ids = stacks.map(({ id }) => id);
  const ticked = ids.filter((id) => selected.has(id)).length;
  const nested = stacks.length > 1 ? ` and ${plural(stacks.length - 1, "nested stack")}` : "";
  return (
    <Checkbox
      label={`Select ${line.stack.stackName}${nested}`}
      isChecked={ticked === ids.length}
      isMixed={ticked > 0 && ticked < ids.length}
      onChange={(isOn) => onSelect(ids, isOn)}
    />
  );
}

function Name({
  line: { stack, shortName, depth, nested, isUnfolded },
  onUnfold,
}: { line: StackLine } & Pick<StackControls, "onUnfold">) {
  return (
    <span className="flex min-w-0 items-center gap-1" style={{ paddingLeft: depth * 24 }}>
      <Link
        href={stackHref(stack.id)}
        data-row-link
        prefetch={false}
        title={stack.stackName}
        className="truncate rounded-sm font-medium underline-offset-4 -outline-offset-1 group-hover/row:underline"
      >
        {shortName}
      </Link>
      {nested && (
        <button
          type="button"
          aria-expanded={isUnfolded}
          aria-label={`${plural(nested.count, "stack")} nested in ${stack.stackName}`}
          onClick={() => onUnfold(stack.id)}
          className="inline-flex h-5 shrink-0 items-center gap-0.5 rounded-sm border px-1 text-2xs text-muted hover:bg-inset hover:text-ink"
        >
          <ChevronRight className={cn("size-3 transition-transform", isUnfolded && "rotate-90")} aria-hidden />
          {nested.count} nested
        </button>
      )}
    </span>
  );
}

function Drifted({ line: { stack, nested, isUnfolded } }: { line: StackLine }) {
  const { drift } = stack;
  const isRolledUp = nested !== null && !isUnfolded;
  return (
    <Figure
      value={isRolledUp ? nested.driftedResources : drift.driftedResources}
      one={isRolledUp ? "drifted resource, nested stacks included" : "drifted resource"}
      many={isRolledUp ? "drifted resources, nested stacks included" : "drifted resources"}
      asOf={drift.asOf}
      whyNot={drift.driftedResources === null ? "CloudGuard has not detected this stack itself." : null}
    />
  );
}

function Checked({ drift }: Pick<StackLine["stack"], "drift">) {
  const text = coverageText(drift.coverage);
  if (!text || !drift.coverage) return <span className="text-faint">—</span>;
  return (
    <Tooltip content={drift.sentence}>
      <span tabIndex={0} className={cn("rounded-sm figures", drift.coverage.unknown > 0 ? "text-warn" : "text-muted")}>
        {text}
      </span>
    </Tooltip>
  );
}

function LastDetection({ stack }: { stack: StackLine["stack"] }) {
  const { job, drift } = stack;
  if (job)
    return (
      <span className="text-xs text-accent figures">
        {job.status === "QUEUED"
          ? job.ahead
            ? `queued, ${job.ahead} ahead`
            : "queued"
          : `detecting${job.elapsedMs === null ? "" : `, ${duration(job.elapsedMs)}`}`}
      </span>
    );
  if (!drift.asOf) return <span className="text-faint">never</span>;
  if (!isOutdated(stack)) return <Time at={drift.asOf} className="text-muted" />;
  return (
    <span title="The stack was updated after this detection.">
      <Time at={drift.asOf} className="text-warn" />
    </span>
  );
}
