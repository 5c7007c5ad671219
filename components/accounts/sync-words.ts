/** Pure: syncs in words. */
import { plural } from "@/components/ui/figure-text";
import type { Tone } from "@/components/ui/status";
import type { RouterOutputs } from "@/server/routers";

export type Sync = RouterOutputs["resources"]["syncs"][number];

export const syncStates: Record<Sync["state"], { word: string; tone: Tone }> = {
  RUNNING: { word: "Running", tone: "busy" },
  COMPLETE: { word: "Complete", tone: "ok" },
  PARTIAL: { word: "Partial", tone: "warn" },
  FAILED: { word: "Failed", tone: "bad" },
  CANCELLED: { word: "Cancelled", tone: "paused" },
};

export const syncTriggers: Record<Sync["trigger"], string> = {
  CONNECT: "On connecting",
  MANUAL: "By hand",
  SCHEDULE: "On schedule",
};

/** "3 new, 1 changed, 2 gone"; what did not happen is left out. */
export function syncChanges({ appeared, changed, gone }: Pick<Sync, "appeared" | "changed" | "gone">): string {
  const counts: [count: number, word: string][] = [
    [appeared, "new"],
    [changed, "changed"],
    [gone, "gone"],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count.toLocaleString("en-US")} ${word}`);
  return said.length > 0 ? said.join(", ") : "no changes";
}

/** What to say when a sync has ended. */
export function syncOutcome(sync: Sync, accountName: string): { message: string; isGood: boolean } {
  switch (sync.state) {
    case "FAILED":
      return {
        isGood: false,
        message: `The sync of ${accountName} failed. ${sync.failure ?? "Open the account to see why."}`,
      };
    case "CANCELLED":
      return { isGood: true, message: `The sync of ${accountName} was cancelled. What it had read stays.` };
    case "PARTIAL":
      return {
        isGood: false,
        message: `Synced ${accountName} in part: ${plural(sync.cellsFailed, "scan")} could not be read; ${syncChanges(sync)}.`,
      };
    default:
      return { isGood: true, message: `Synced ${accountName}: ${syncChanges(sync)}.` };
  }
}
