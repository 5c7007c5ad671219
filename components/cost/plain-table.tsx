import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface PlainTableProps {
  label: string;
  columns: { header: string; isNumber?: boolean; className?: string }[];
  rows: { key: string; cells: ReactNode[] }[];
}

/** A short table that is read, not walked. It scrolls by itself where the screen is narrow, and is no landmark: its panel is one. */
export function PlainTable({ label, columns, rows }: PlainTableProps) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={label}>
      <table aria-label={label} className="w-full text-sm">
        <thead>
          <tr className="h-8 border-b text-xs text-muted">
            {columns.map(({ header, isNumber, className }) => (
              <th
                key={header}
                scope="col"
                className={cn("px-4 text-left font-medium whitespace-nowrap", isNumber && "text-right", className)}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b last:border-b-0 hover:bg-hover">
              {cells.map((cell, at) => (
                <td
                  key={columns[at]?.header}
                  className={cn("h-8 px-4 py-1", columns[at]?.isNumber && "text-right figures", columns[at]?.className)}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
