import { regionName } from "@/components/resources/region-name";
import { duration } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { syncChanges, syncStates, syncTriggers, type Sync } from "./sync-words";

/** The last syncs, newest first. */
export function SyncHistory({ syncs }: { syncs: Sync[] }) {
  if (syncs.length === 0) return <p className="px-4 py-3 text-sm text-muted">No sync has run yet.</p>;
  return (
    <ul className="divide-y text-sm">
      {syncs.map((sync) => (
        <li key={sync.runId} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2">
          <Status tone={syncStates[sync.state].tone} className="w-24">
            {syncStates[sync.state].word}
          </Status>
          <span className="min-w-0 flex-1 figures">
            {sync.failure ?? (sync.state === "RUNNING" ? "under way" : syncChanges(sync))}
          </span>
          <Time at={sync.startedAt} className="text-xs text-muted" />
          <span className="w-full pl-27 text-xs text-muted figures">
            {syncTriggers[sync.trigger]}
            {sync.region && ` · ${regionName(sync.region)}`}
            {sync.cellsTotal !== null && ` · ${sync.cellsDone} of ${sync.cellsTotal} scans`}
            {sync.cellsFailed > 0 && `, ${sync.cellsFailed} failed`}
            {sync.finishedAt && ` · took ${duration(sync.finishedAt.getTime() - sync.startedAt.getTime())}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
