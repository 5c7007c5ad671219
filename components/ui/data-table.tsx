"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useCallback, useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { cn } from "./cn";
import { useRowWalk } from "./use-row-walk";

export interface Column<Row> {
  id: string;
  header: string;
  /** What stands in the header in place of its word: a box that ticks all rows. */
  head?: ReactNode;
  /** The row's first link carries `data-row-link`: it takes the focus when the keyboard walks. */
  cell(row: Row): ReactNode;
  /** Its width; none takes what is left. */
  className?: string;
  /** Its width among the few that a phone shows. */
  phone?: string;
  /** Below which screen it hides, unless the columns were chosen by hand. */
  hide?: string;
  isNumber?: boolean;
  /** Sortable under this name. */
  sortKey?: string;
}

interface DataTableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId(row: Row): string;
  /** How many rows there are in all; -1 when unknown. */
  rowCount: number;
  sort?: { key: string; direction: "asc" | "desc"; onSort(key: string): void };
  /** Called when the last rows come into sight. */
  onEnd?(): void;
  /** After the last row: loading, or why nothing more came. */
  foot?: ReactNode;
  isDimmed?: boolean;
  /** What is listed, in what order: another one begins at its top. */
  listKey: string;
  /** Whether columns may hide on a narrow screen. */
  mayHide: boolean;
}

const ROW_HEIGHT = 32;

/** A table that draws only the rows in sight, however many there are. Its header stays; its rows can be walked by keys. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowId,
  rowCount,
  sort,
  onEnd,
  foot,
  isDimmed,
  listKey,
  mayHide,
}: DataTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The header lies above the first row and covers what scrolls under it.
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    // What the server draws, where nothing has a size.
    initialRect: { width: 1200, height: 900 },
  });
  useRowWalk(
    scroller,
    rows.length,
    useCallback((index: number) => virtual.scrollToIndex(index), [virtual]),
  );
  useEffect(() => void scroller.current?.scrollTo({ top: 0 }), [listKey]);
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (lastSeen >= rows.length - 10 && rows.length > 0) onEnd?.();
  }, [lastSeen, rows.length, onEnd]);
  const before = (items[0]?.start ?? ROW_HEIGHT) - ROW_HEIGHT;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? ROW_HEIGHT) - ROW_HEIGHT);

  return (
    <div ref={scroller} className="relative min-h-0 flex-[0_1_auto] overflow-auto rounded-lg border bg-surface">
      <table
        aria-label={label}
        aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
        className={cn("w-full table-fixed border-separate border-spacing-0 text-sm", isDimmed && "opacity-60")}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} mayHide={mayHide} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={rowId(row)}
                data-row={index}
                aria-rowindex={index + 2}
                onClick={followRow}
                className="group/row h-8 focus-within:bg-accent-soft hover:bg-hover has-[a[data-row-link]]:cursor-pointer"
              >
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={cn(
                      "h-8 truncate border-b px-3 max-md:px-2",
                      column.isNumber && "text-right figures",
                      widthOf(column, mayHide),
                    )}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      {foot}
    </div>
  );
}

interface HeaderCellProps<Row> {
  column: Column<Row>;
  sort: DataTableProps<Row>["sort"];
  mayHide: boolean;
}

function HeaderCell<Row>({ column, sort, mayHide }: HeaderCellProps<Row>) {
  const isSorted = sort && column.sortKey === sort.key;
  const Arrow = sort?.direction === "desc" ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.direction === "asc" ? "ascending" : "descending") : undefined}
      className={cn(
        "sticky top-0 z-10 h-8 border-b border-line bg-surface px-3 text-left text-xs font-medium text-muted max-md:px-2",
        column.isNumber && "text-right",
        widthOf(column, mayHide),
      )}
    >
      {sort && column.sortKey ? (
        <button
          type="button"
          onClick={() => column.sortKey && sort.onSort(column.sortKey)}
          className={cn("inline-flex items-center gap-1 rounded-sm hover:text-ink", isSorted && "text-ink")}
        >
          {column.header}
          {isSorted && <Arrow className="size-3" aria-hidden />}
        </button>
      ) : (
        (column.head ?? column.header)
      )}
    </th>
  );
}

/** Columns that were chosen by hand all show, whatever the screen: the table scrolls then, and nothing is left to take. */
function widthOf({ className, phone, hide }: Pick<Column<never>, "className" | "phone" | "hide">, mayHide: boolean) {
  return mayHide ? [className, phone, hide] : [className ?? "w-64"];
}

/** Room for the rows that are not drawn. One cell: to span hidden columns too would give those a width. */
function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height }} />
    </tr>
  );
}

/** A click anywhere on a row follows its link; clicks on other links and buttons, and selecting text, stay what they are. */
function followRow(event: MouseEvent<HTMLTableRowElement>) {
  if ((event.target as HTMLElement).closest("a, button, input, label, [tabindex]") || window.getSelection()?.toString())
    return;
  event.currentTarget.querySelector<HTMLElement>("[data-row-link]")?.click();
}
