import { cn } from "@/components/ui/cn";
import { Copyable } from "@/components/ui/copyable";
import { plural } from "@/components/ui/figure-text";
import { StatusShape } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { RouterOutputs } from "@/server/routers";

type Receipt = RouterOutputs["accounts"]["disconnect"];

/** What was deleted, and what a second look found afterwards. */
export function DisconnectReceipt({ receipt }: { receipt: Receipt }) {
  const { deleted, remaining, credentialsDropped, externalIdRetired, deletedAt } = receipt;
  const left = Object.values(remaining).reduce((sum, rows) => sum + rows, 0);
  const proofs = [
    {
      isGood: true,
      text: `Deleted ${plural(deleted.resources, "resource")}, ${plural(deleted.scanCells, "scan")}, ${plural(deleted.syncRuns, "sync")}, ${plural(deleted.detections, "drift detection")} and ${plural(deleted.costRows, "cost row")}`,
    },
    {
      isGood: left === 0,
      text: left === 0 ? "Looked again: nothing of it is left" : `Looked again: ${plural(left, "row")} left`,
    },
    {
      isGood: credentialsDropped,
      text: credentialsDropped
        ? "Dropped this server’s credentials; those of other servers and workers expire within the hour"
        : "Credentials are still held; they expire within the hour",
    },
    { isGood: externalIdRetired, text: externalIdRetired ? "Retired the ExternalId" : "The ExternalId is not retired" },
  ];
  return (
    <div className="flex flex-col gap-3 text-sm">
      <ul className="flex flex-col gap-1.5">
        {proofs.map(({ isGood, text }) => (
          <li key={text} className={cn("flex gap-2", !isGood && "font-medium text-bad")}>
            <StatusShape tone={isGood ? "ok" : "bad"} className="mt-[3px]" />
            {text}
          </li>
        ))}
      </ul>
      <p className="text-muted">
        Disconnected <Time at={deletedAt} />. To remove the last trace, delete the role in AWS:
      </p>
      <Copyable text={receipt.roleArn} name="role ARN" max={60} />
    </div>
  );
}
