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
  return (
    <div className="flex items-center gap-4 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <span className="font-medium">
            {name ?? "Syncing"}
            {sync.region && <span className="font-normal text-muted"> in {regionName(sync.region)}</span>}
          </span>
          <span className="min-w-0 flex-1 text-xs text-muted figures max-sm:order-last max-sm:basis-full sm:truncate">
            {whatNow(sync, labelOf)}
          </span>
          <span className="text-xs text-muted figures">{progressText(sync)}</span>
        </div>
        <Progress
          className="mt-1.5"
          done={sync.cellsDone}
          total={sync.cellsTotal}
          label={`Sync of ${name ?? "this account"}`}
        />
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

const SLOW_SECONDS = 3;

function whatNow({ cellsTotal, slow: [slowest], resourcesSeen, cellsFailed }: Sync, labelOf: (type: string) => string) {
  if (cellsTotal === null) return null;
  const now =
    slowest && slowest.sinceSeconds >= SLOW_SECONDS
      ? `slowest: ${labelOf(slowest.type)} in ${regionName(slowest.region)}, for ${slowest.sinceSeconds} s`
      : `${plural(resourcesSeen, "resource")} read`;
  return cellsFailed > 0 ? `${now}; ${plural(cellsFailed, "scan")} failed` : now;
}

/** "84 of 204 scans", or that the regions are still being asked for. */
export function progressText({ cellsTotal, cellsDone }: Pick<Sync, "cellsTotal" | "cellsDone">): string {
  return cellsTotal === null ? "Finding the enabled regions" : `${cellsDone} of ${plural(cellsTotal, "scan")}`;
}
