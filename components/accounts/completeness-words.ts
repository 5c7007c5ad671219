/** Pure: how complete a figure is, in words. */
import { plural } from "@/components/ui/figure-text";
import type { RouterOutputs } from "@/server/routers";

export type Completeness = RouterOutputs["accounts"]["list"][number]["completeness"];

type Counts = Pick<
  Completeness,
  "cellsTotal" | "cellsRead" | "cellsFailing" | "accountsFailing" | "accountsWaiting" | "isPartial"
>;

/** What is missing, in one sentence; null where nothing is. A scan is one resource type in one region of one account. */
export function whyIncomplete(counts: Counts): string | null {
  const { cellsTotal, cellsRead, cellsFailing, accountsFailing, accountsWaiting, isPartial } = counts;
  if (cellsTotal === 0 && !isPartial) return "Nothing has been read yet.";
  const waiting = Math.max(0, cellsTotal - cellsRead - cellsFailing);
  const reasons = [
    accountsFailing > 0 && `CloudGuard could not get into ${plural(accountsFailing, "account")}`,
    cellsFailing > 0 && `${cellsFailing} of ${plural(cellsTotal, "scan")} could not be read`,
    waiting > 0 && `${waiting} of ${plural(cellsTotal, "scan")} ${haveNot(waiting)} been read yet`,
    accountsWaiting > 0 && `${plural(accountsWaiting, "account")} ${haveNot(accountsWaiting)} been read yet`,
  ].filter(Boolean);
  return reasons.length > 0 ? `${reasons.join("; ")}.` : null;
}

const haveNot = (count: number) => `${count === 1 ? "has" : "have"} not`;
