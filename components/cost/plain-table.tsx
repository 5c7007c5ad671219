import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

/** Of a column whose words stand in the first cell on a phone. */
export const notOnPhone = "max-md:hidden";

interface PlainTableProps {
  label: string;
  columns: { header: string; isNumber?: boolean; className?: string }[];
  /** `below` stands under the first cell on a phone, in place of the columns that are not there. */
  rows: { key: string; cells: ReactNode[]; below?: string }[];
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
                className={cn(
                  "px-4 text-left font-medium max-md:px-2 md:whitespace-nowrap",
                  isNumber && "text-right",
                  className,
                )}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, below }) => (
            <tr key={key} className="border-b last:border-b-0 hover:bg-hover">
              {cells.map((cell, at) => (
                <td
                  key={columns[at]?.header}
                  className={cn(
                    "h-8 px-4 py-1 max-md:px-2",
                    columns[at]?.isNumber && "text-right figures",
                    columns[at]?.className,
                  )}
                >
                  {cell}
                  {at === 0 && below && <span className="block text-xs text-muted md:hidden">{below}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
