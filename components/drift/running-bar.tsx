import { plural } from "@/components/ui/figure-text";
import { Progress } from "@/components/ui/progress";
import { StatusShape } from "@/components/ui/status";

/** How many detections are still to end. What is done is counted from when the page was opened. */
export function RunningBar({ running, most }: { running: number; most: number }) {
  const done = most - running;
  return (
    <div className="rounded-md border bg-surface px-3 py-2 text-sm">
      <p className="flex items-center gap-2">
        <StatusShape tone="busy" />
        <span className="flex-1 figures">{plural(running, "detection")} under way</span>
        <span className="text-xs text-muted figures">{done > 0 && `${done} of ${most} done`}</span>
      </p>
      <Progress className="mt-1.5" done={done} total={most} label="Detections done" />
    </div>
  );
}
