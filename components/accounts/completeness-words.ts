/** Pure: how complete a figure is, in words. */
import { plural } from "@/components/ui/figure-text";
import type { RouterOutputs } from "@/server/routers";

export type Completeness = RouterOutputs["accounts"]["list"][number]["completeness"];

type Counts = Pick<Completeness, "cellsTotal" | "cellsRead" | "cellsFailing">;

/** Whether something that the figure counts was never read, or cannot be read now. */
export function isPartial({ cellsTotal, cellsRead, cellsFailing }: Counts): boolean {
  return cellsRead < cellsTotal || cellsFailing > 0;
}

/** What is missing, in one sentence; null where nothing is. A scan is one resource type in one region of one account. */
export function whyIncomplete({ cellsTotal, cellsRead, cellsFailing }: Counts): string | null {
  if (cellsTotal === 0) return "Nothing has been read yet.";
  const waiting = cellsTotal - cellsRead - cellsFailing;
  const reasons = [
    cellsFailing > 0 && `${cellsFailing} of ${plural(cellsTotal, "scan")} could not be read`,
    waiting > 0 && `${waiting} of ${plural(cellsTotal, "scan")} ${waiting === 1 ? "has" : "have"} not been read yet`,
  ].filter(Boolean);
  return reasons.length > 0 ? `${reasons.join("; ")}.` : null;
}
