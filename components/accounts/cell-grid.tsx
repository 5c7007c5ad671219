"use client";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { memo, useRef, type KeyboardEvent } from "react";
import { resourcesHref } from "@/components/resources/list-params";
import { regionName } from "@/components/resources/region-name";
import { useTypeLabels } from "@/components/resources/use-type-labels";
import { cn } from "@/components/ui/cn";
import { plural } from "@/components/ui/figure-text";
import { duration } from "@/components/ui/relative-time";
import { Status, StatusShape, type Tone } from "@/components/ui/status";
import { ExactTime } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { AccountDetail } from "./account-page";
import { cellState, cellTable, type Cell } from "./cell-words";

const legend: { word: string; tone: Tone }[] = [
  { word: "Read, with how many it found", tone: "ok" },
  { word: "Reading", tone: "busy" },
  { word: "Waiting", tone: "waiting" },
  { word: "Denied", tone: "bad" },
  { word: "Throttled, or no answer", tone: "warn" },
  { word: "Not enabled", tone: "off" },
  { word: "Not read", tone: "unknown" },
];

const arrows: Record<string, [down: number, right: number]> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Regions down, types across. One stop for Tab; arrows walk the cells. */
export function CellGrid({ account }: { account: AccountDetail }) {
  const labelOf = useTypeLabels();
  const grid = useRef<HTMLTableElement>(null);
  const [isWhole, setIsWhole] = useQueryState("grid", parseAsStringLiteral(["whole"]));
  const { types, rows: all } = cellTable(account.cells);
  const telling = all.filter(({ isQuiet }) => !isQuiet);
  const quiet = telling.length === 0 ? 0 : all.length - telling.length;
  const hasFailure = account.cells.some(({ failure }) => failure);
  const rows = isWhole || quiet === 0 ? all : telling;
  if (all.length === 0)
    return (
      <p className="px-4 py-3 text-sm text-muted">
        {account.sync
          ? "Finding the enabled regions. The scans are planned next."
          : "Nothing is planned yet. Sync the account to find its regions."}
      </p>
    );
  const firstFilled = rows[0]?.cells.findIndex(Boolean);
  return (
    <div>
      <div className="overflow-x-auto scrolls-sideways">
        <table
          ref={grid}
          role="grid"
          aria-label={`Scans of ${account.name}`}
          onKeyDown={(event) => walk(event, grid.current)}
          className="w-full border-separate border-spacing-0 text-xs"
        >
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 z-10 border-b bg-surface px-4 text-left font-medium text-muted">
                Region
              </th>
              {types.map((type) => (
                <th
                  key={type}
                  scope="col"
                  className="h-11 min-w-19 border-b px-1.5 text-left align-middle leading-4 font-medium text-balance text-muted"
                >
                  {labelOf(type)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ region, cells }, row) => (
              <tr key={region} className="group/line">
                <th
                  scope="row"
                  className="sticky left-0 z-10 border-b bg-surface px-4 text-left font-normal whitespace-nowrap group-last/line:border-b-0 group-hover/line:bg-hover"
                >
                  {regionName(region)}
                </th>
                {cells.map((cell, column) => (
                  <td
                    key={types[column]}
                    className="h-7 border-b p-0 group-last/line:border-b-0 group-hover/line:bg-hover"
                  >
                    {cell && (
                      <GridCell
                        cell={cell}
                        label={labelOf(cell.type)}
                        accountId={account.id}
                        row={row}
                        column={column}
                        isEntry={row === 0 && column === firstFilled}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {quiet > 0 && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          In {plural(quiet, "more region")} nothing was found{hasFailure && ", and nothing else failed"}.{" "}
          <button
            type="button"
            aria-expanded={isWhole !== null}
            onClick={() => void setIsWhole(isWhole ? null : "whole")}
            className="rounded-sm font-medium text-accent underline-offset-4 hover:underline"
          >
            {isWhole ? "Leave them out" : "Show them"}
          </button>
        </p>
      )}
      <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-xs text-muted">
        {legend.map(({ word, tone }) => (
          <li key={word} className="inline-flex items-center gap-1.5">
            <StatusShape tone={tone} className={tone === "busy" ? "animate-none" : undefined} />
            {word}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface GridCellProps {
  cell: Cell;
  label: string;
  accountId: string;
  row: number;
  column: number;
  isEntry: boolean;
}

// Two hundred of them are looked at every two seconds while a sync runs: only those that changed are drawn again.
const GridCell = memo(
  function GridCell({ cell, label, accountId, row, column, isEntry }: GridCellProps) {
    const { word, tone } = cellState(cell);
    const isRead = cell.state === "OK" && !cell.failure && cell.resourceCount !== null;
    const count = cell.resourceCount?.toLocaleString("en-US");
    const region = cell.region === "aws-global" ? [] : [cell.region];
    return (
      <Tooltip content={<CellFacts cell={cell} label={label} />}>
        <Link
          href={resourcesHref({ account: [accountId], type: [cell.type], region })}
          prefetch={false}
          data-at={`${row} ${column}`}
          tabIndex={isEntry ? 0 : -1}
          aria-label={`${label}, ${regionName(cell.region)}: ${word}${count ? `, ${count} found` : ""}`}
          className={cn(
            "flex h-7 items-center gap-1.5 px-1.5 whitespace-nowrap figures -outline-offset-2 hover:bg-inset",
            isRead ? cell.resourceCount === 0 && "text-faint" : "text-muted",
          )}
        >
          <StatusShape tone={tone} className={cn("size-3", isRead && cell.resourceCount === 0 && "opacity-50")} />
          {isRead ? count : word}
        </Link>
      </Tooltip>
    );
  },
  (before, after) =>
    before.label === after.label &&
    before.row === after.row &&
    before.isEntry === after.isEntry &&
    sameCell(before.cell, after.cell),
);

const sameCell = (a: Cell, b: Cell) =>
  a.state === b.state &&
  a.resourceCount === b.resourceCount &&
  a.failure?.message === b.failure?.message &&
  a.lastSuccessAt?.getTime() === b.lastSuccessAt?.getTime();

function CellFacts({ cell, label }: { cell: Cell; label: string }) {
  const { word, tone } = cellState(cell);
  return (
    <span className="flex flex-col gap-1">
      <span className="font-medium">
        {label} · {regionName(cell.region)}
      </span>
      <Status tone={tone}>{word}</Status>
      {cell.failure && <span>{cell.failure.message}</span>}
      {cell.failure?.statement && (
        <span>
          Add <code className="font-mono">{cell.failure.action}</code> to the role.
        </span>
      )}
      {cell.lastSuccessAt ? (
        <span>
          <span className="text-muted">Last read{cell.durationMs !== null && ` in ${duration(cell.durationMs)}`}</span>
          <ExactTime at={cell.lastSuccessAt} />
        </span>
      ) : (
        <span className="text-muted">Never read</span>
      )}
    </span>
  );
}

function walk(event: KeyboardEvent, grid: HTMLElement | null) {
  const step = arrows[event.key];
  const at = (event.target as HTMLElement).dataset.at?.split(" ").map(Number);
  if (!step || !at || !grid) return;
  event.preventDefault();
  const [row = 0, column = 0] = at;
  // Holes are stepped over: a type that is read globally has no cell in a region.
  for (let far = 1; far < 100; far++) {
    const next = grid.querySelector<HTMLElement>(`[data-at="${row + step[0] * far} ${column + step[1] * far}"]`);
    if (next) return next.focus();
  }
}
