"use client";
import { readError } from "@/components/app-error";
import { trpc } from "@/components/trpc";
import { plural } from "@/components/ui/figure-text";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { TableSkeleton } from "@/components/ui/skeleton";
import type { CostMover } from "@/server/cost/views";
import { Change } from "./change";
import { againstText, isComparable } from "./comparison";
import { trendsInput, type CostParams } from "./cost-params";
import { moneyText } from "./money-text";

interface MoversProps {
  params: CostParams;
  now: Date;
  onService(service: string): void;
  onAccount(awsAccountId: string): void;
}

/** What moved the total most since the time before; each leads to its own costs. */
export function Movers({ params, now, onService, onAccount }: MoversProps) {
  const query = trpc.cost.trends.useQuery(trendsInput(params, now), { placeholderData: (before) => before });
  const { data: trends, error } = query;
  if (error && !trends)
    return (
      <Panel title="What moved">
        <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
      </Panel>
    );
  const { services, accounts } = trends?.movers ?? {};
  const note = trends && againstText(trends);
  return (
    <Panel title="What moved" note={note} className={query.isPlaceholderData ? "opacity-60" : undefined}>
      {!trends || !services || !accounts ? (
        <TableSkeleton rows={8} columns={["w-40", "w-16", "w-20"]} />
      ) : trends.current.amount === null ? (
        <p className="px-4 py-3 text-sm text-muted">Nothing of this range has been read yet.</p>
      ) : !isComparable(trends) ? (
        <p className="px-4 py-3 text-sm text-muted">
          {plural(trends.unreadDays, "day")} of the two periods were not read in every account, too many to say what
          moved. Choose a shorter range.
        </p>
      ) : (
        <>
          <MoverList name="Dearer services" movers={services.up} onChoose={onService} />
          <MoverList name="Cheaper services" movers={services.down} onChoose={onService} />
          <MoverList name="Dearer accounts" movers={accounts.up} onChoose={onAccount} />
          <MoverList name="Cheaper accounts" movers={accounts.down} onChoose={onAccount} />
          {[services.up, services.down].every((list) => list.length === 0) && (
            <p className="px-4 py-3 text-sm text-muted">Nothing moved by a cent.</p>
          )}
        </>
      )}
    </Panel>
  );
}

function MoverList({ name, movers, onChoose }: { name: string; movers: CostMover[]; onChoose(key: string): void }) {
  if (movers.length === 0) return null;
  return (
    <div className="border-b py-1 last:border-b-0">
      <h3 className="px-4 py-1 text-xs text-muted">{name}</h3>
      <ul aria-label={name}>
        {movers.map(({ key, label, current, previous, change }) => (
          <li key={key}>
            <button
              type="button"
              onClick={() => onChoose(key)}
              title={`${moneyText(previous)} before, ${moneyText(current)} now`}
              className="flex min-h-8 w-full items-center gap-3 px-4 py-1 text-left text-sm -outline-offset-2 hover:bg-hover"
            >
              <span className="min-w-0 flex-1">{label}</span>
              <Change change={change} className="text-xs" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
