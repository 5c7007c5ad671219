"use client";
import { useState, type ReactNode } from "react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { CostAnomaly } from "@/server/cost/views";
import { anomaliesInput, type CostParams } from "./cost-params";
import { dayText, daysText } from "./day-text";
import { DismissDialog } from "./dismiss-dialog";
import { moneyText } from "./money-text";

interface AnomaliesPanelProps {
  params: CostParams;
  onService(service: string): void;
}

/** Days and services outside their own pattern, the dearest first; what was put aside stays below with its reason. */
export function AnomaliesPanel({ params, onService }: AnomaliesPanelProps) {
  const [dismissing, setDismissing] = useState<CostAnomaly | null>(null);
  const query = trpc.cost.anomalies.useQuery(anomaliesInput(params), { placeholderData: (before) => before });
  const utils = trpc.useUtils();
  const restore = trpc.cost.restore.useMutation({
    onSuccess: async () => {
      toast.success("It is an anomaly again.");
      await Promise.all([utils.cost.anomalies.invalidate(), utils.cost.overview.invalidate()]);
    },
    onError: (error) => toast.error(readError(error).message),
  });
  const { data, error } = query;
  const open = data?.anomalies.filter(({ dismissal }) => !dismissal) ?? [];
  const dismissed = data?.anomalies.filter(({ dismissal }) => dismissal) ?? [];
  return (
    <Panel title="Anomalies" note={data && `since ${dayText(data.since)}, ranked by dollars over expectation`}>
      {!data ? (
        error ? (
          <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton rows={3} columns={["w-40", "w-24", "w-20"]} />
        )
      ) : (
        <>
          {open.length === 0 && (
            <p className="px-4 py-3 text-sm text-muted">
              {data.freshness.accountsRead === 0
                ? "No costs were read yet, so nothing can stand out."
                : "Every service kept to its own pattern."}
            </p>
          )}
          <ul aria-label="Anomalies" className="divide-y">
            {open.map((anomaly) => (
              <AnomalyRow key={keyOf(anomaly)} anomaly={anomaly} onService={onService}>
                <Button size="sm" aria-label={`Dismiss ${anomaly.service}`} onClick={() => setDismissing(anomaly)}>
                  Dismiss
                </Button>
              </AnomalyRow>
            ))}
          </ul>
          {dismissed.length > 0 && (
            <Details
              className="border-t text-sm"
              summaryClassName="px-4 py-2 text-xs text-muted -outline-offset-2"
              summary={`${dismissed.length} dismissed`}
            >
              <ul aria-label="Dismissed anomalies" className="divide-y border-t">
                {dismissed.map((anomaly) => (
                  <AnomalyRow key={keyOf(anomaly)} anomaly={anomaly} onService={onService}>
                    <Button
                      size="sm"
                      aria-label={`Restore ${anomaly.service}`}
                      isBusy={restore.isPending}
                      onClick={() => anomaly.dismissal && restore.mutate({ dismissalId: anomaly.dismissal.id })}
                    >
                      Restore
                    </Button>
                  </AnomalyRow>
                ))}
              </ul>
            </Details>
          )}
        </>
      )}
      {dismissing && <DismissDialog anomaly={dismissing} onClose={() => setDismissing(null)} />}
    </Panel>
  );
}

const keyOf = ({ awsAccountId, service, firstDay }: CostAnomaly) => `${awsAccountId} ${service} ${firstDay}`;

interface AnomalyRowProps {
  anomaly: CostAnomaly;
  onService(service: string): void;
  children: ReactNode;
}

function AnomalyRow({ anomaly, onService, children }: AnomalyRowProps) {
  const { service, accountName, firstDay, lastDay, amount, expected, over, isEstimated, dismissal } = anomaly;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <button
          type="button"
          onClick={() => onService(service)}
          className="max-w-full truncate rounded-sm text-left font-medium underline-offset-4 hover:text-accent hover:underline"
        >
          {service}
        </button>
        <p className="text-xs text-muted figures">
          {accountName} · {daysText(firstDay, lastDay)} · {moneyText(amount)} where {moneyText(expected)} was expected
          {isEstimated && " · estimated"}
        </p>
        {dismissal && (
          <p className="text-xs [overflow-wrap:anywhere] text-muted">
            Dismissed <Time at={dismissal.dismissedAt} />: {dismissal.reason}
          </p>
        )}
      </div>
      <Status tone={dismissal ? "off" : "warn"} className="figures">
        {moneyText(over)} over
      </Status>
      {children}
    </li>
  );
}
