import { plural } from "@/components/ui/figure-text";
import { Progress } from "@/components/ui/progress";
import { StatusShape } from "@/components/ui/status";

/** How many detections are still to end, and how many of those asked for with them have. */
export function RunningBar({ running, ended }: { running: number; ended: number }) {
  const asked = running + ended;
  return (
    <div className="rounded-md border bg-surface px-3 py-2 text-sm">
      <p className="flex items-center gap-2">
        <StatusShape tone="busy" />
        <span className="flex-1 figures">{plural(running, "detection")} under way</span>
        <span className="text-xs text-muted figures">{ended > 0 && `${ended} of ${asked} done`}</span>
      </p>
      <Progress className="mt-1.5" done={ended} total={asked} label="Detections done" />
    </div>
  );
}
