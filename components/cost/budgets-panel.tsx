"use client";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button, IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Status, type Tone } from "@/components/ui/status";
import type { BudgetStatus, BudgetView } from "@/server/cost/views";
import { BudgetDialog } from "./budget-dialog";
import { RemoveBudget } from "./remove-budget";
import { moneyText } from "./money-text";
import { namesText } from "./names-text";

const states: Record<BudgetStatus, { word: string; tone: Tone }> = {
  ok: { word: "Within", tone: "ok" },
  atRisk: { word: "At risk", tone: "warn" },
  over: { word: "Over", tone: "bad" },
  unknown: { word: "Not known", tone: "unknown" },
};

type Open = { what: "create" } | { what: "edit" | "remove"; budget: BudgetView };

/** Monthly budgets: what the running month has cost, and will likely cost, against each. */
export function BudgetsPanel({ services }: { services: string[] }) {
  const [open, setOpen] = useState<Open | null>(null);
  const query = trpc.cost.budgets.list.useQuery();
  const { isAdmin } = useRights();
  const close = () => setOpen(null);
  const { data, error } = query;
  return (
    <Panel
      title="Budgets"
      note="by calendar month, UTC"
      actions={
        isAdmin && (
          <Button size="sm" onClick={() => setOpen({ what: "create" })}>
            <Plus aria-hidden />
            Add a budget
          </Button>
        )
      }
    >
      {!data ? (
        error ? (
          <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton rows={3} columns={["w-40", "w-24", "w-20"]} />
        )
      ) : data.budgets.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          {isAdmin
            ? "No budget yet. Add one for everything, an account or a service, and see here whether the month will keep it."
            : "No budget yet. Admins of your team set them."}
        </p>
      ) : (
        <ul aria-label="Budgets" className="divide-y">
          {data.budgets.map((budget) => (
            <BudgetRow
              key={budget.id}
              budget={budget}
              onOpen={isAdmin ? (what) => setOpen({ what, budget }) : undefined}
            />
          ))}
        </ul>
      )}
      {open?.what === "create" && <BudgetDialog services={services} onClose={close} />}
      {open?.what === "edit" && <BudgetDialog budget={open.budget} services={services} onClose={close} />}
      {open?.what === "remove" && <RemoveBudget budget={open.budget} onClose={close} />}
    </Panel>
  );
}

function BudgetRow({ budget, onOpen }: { budget: BudgetView; onOpen?(what: "edit" | "remove"): void }) {
  const { name, label, amount, actual, used, forecast, status, leftOut } = budget;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{name}</p>
        <p className="truncate text-xs text-muted">{label}</p>
        {leftOut.length > 0 && <p className="text-xs text-warn">Without {namesText(leftOut)}: not read lately</p>}
      </div>
      <div className="w-56 text-xs figures">
        <p className="flex justify-between">
          <span>
            {moneyText(actual)} of {moneyText(amount)}
          </span>
          <span className="text-muted">{used === null ? "—" : `${Math.round(used)}%`}</span>
        </p>
        {used !== null && <Progress done={Math.max(0, used)} total={100} label={`${name}: spent so far, percent`} />}
        <p className="text-muted">
          {forecast ? `likely ${moneyText(forecast.mean)} by the month’s end` : "no estimate: too little history"}
        </p>
      </div>
      <Status tone={states[status].tone} className="w-20 text-xs">
        {states[status].word}
      </Status>
      {onOpen && (
        <span className="flex">
          <IconButton label={`Change ${name}`} onClick={() => onOpen("edit")}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${name}`} onClick={() => onOpen("remove")}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      )}
    </li>
  );
}
