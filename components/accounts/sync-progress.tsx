"use client";
import { regionName } from "@/components/resources/region-name";
import { useTypeLabels } from "@/components/resources/use-type-labels";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/figure-text";
import { Progress } from "@/components/ui/progress";
import type { Sync } from "./sync-words";
import { useSync } from "./use-sync";

/** A running sync: what is done of what, what is slow, and a way to end it. */
export function SyncProgress({ sync, name }: { sync: Sync; name?: string }) {
  const labelOf = useTypeLabels();
  const { cancel, isCancelling } = useSync();
  const slow = sync.slow[0];
  return (
    <div className="flex items-center gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <span className="font-medium">
            {name ?? "Syncing"}
            {sync.region && <span className="font-normal text-muted"> in {regionName(sync.region)}</span>}
          </span>
          <span className="text-xs text-muted figures">{progressText(sync)}</span>
        </div>
        <Progress
          className="mt-2"
          done={sync.cellsDone}
          total={sync.cellsTotal}
          label={`Sync of ${name ?? "this account"}`}
        />
        <p className="mt-1.5 min-h-4 truncate text-xs text-muted figures">
          {slow && slow.sinceSeconds >= 3
            ? `Slowest: ${labelOf(slow.type)} in ${regionName(slow.region)}, for ${slow.sinceSeconds} s`
            : `${plural(sync.resourcesSeen, "resource")} read`}
          {sync.cellsFailed > 0 && ` · ${plural(sync.cellsFailed, "scan")} failed`}
        </p>
      </div>
      <Button
        size="sm"
        isBusy={isCancelling}
        onClick={() => cancel(sync.runId)}
        aria-label={`Cancel the sync of ${name ?? "this account"}`}
      >
        Cancel
      </Button>
    </div>
  );
}

/** "84 of 204 scans", or that the regions are still being asked for. */
export function progressText({ cellsTotal, cellsDone }: Pick<Sync, "cellsTotal" | "cellsDone">): string {
  return cellsTotal === null ? "Finding the enabled regions" : `${cellsDone} of ${plural(cellsTotal, "scan")}`;
}
