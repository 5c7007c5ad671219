"use client";
import { useState } from "react";
import { readError } from "@/components/app-error";
import { useRights } from "@/components/rights";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Details } from "@/components/ui/details";
import { ErrorState } from "@/components/ui/error-state";
import { plural } from "@/components/ui/figure-text";
import { Panel } from "@/components/ui/panel";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { CostLedgerView } from "@/server/cost/views";
import { CapDialog, type Capped } from "./cap-dialog";
import { monthText } from "./day-text";
import { moneyText } from "./money-text";
import { PlainTable } from "./plain-table";

const accountColumns = [
  { header: "Account" },
  { header: "Requests", isNumber: true },
  { header: "Cost", isNumber: true },
  { header: "Cap a month", isNumber: true },
];
const rowColumns = [
  { header: "Asked" },
  { header: "Account" },
  { header: "Request" },
  { header: "Purpose" },
  { header: "Cost", isNumber: true },
];

/** What asking AWS for costs has cost: a cent a request, by account, with its cap. */
export function LedgerPanel() {
  const [capping, setCapping] = useState<Capped | null>(null);
  const query = trpc.cost.ledger.useQuery();
  const { data: ledger, error } = query;
  return (
    <Panel
      title="What asking has cost"
      note={ledger && `${monthText(ledger.month)}: ${plural(ledger.requests, "request")}, ${moneyText(ledger.dollars)}`}
    >
      {!ledger ? (
        error ? (
          <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton rows={3} columns={["w-40", "w-16", "w-16"]} />
        )
      ) : (
        <>
          <PlainTable
            label="Requests by account"
            columns={accountColumns}
            rows={ledger.accounts.map((account) => ({
              key: account.awsAccountId,
              cells: [
                account.name,
                account.requests,
                moneyText(account.dollars),
                <Cap key="cap" account={account} onChange={setCapping} />,
              ],
            }))}
          />
          {ledger.rows.length === 0 ? (
            <p className="border-t px-4 py-2 text-sm text-muted">Nothing has been asked this month yet.</p>
          ) : (
            <Details
              className="border-t"
              summaryClassName="px-4 py-2 text-xs text-muted -outline-offset-2"
              summary={
                ledger.rows.length < ledger.rowsTotal
                  ? `The newest ${ledger.rows.length} of this month's ${ledger.rowsTotal} questions`
                  : "Every question of this month"
              }
            >
              <div className="max-h-80 overflow-y-auto border-t">
                <PlainTable
                  label="Requests of this month"
                  columns={rowColumns}
                  rows={ledger.rows.map(ledgerRow(ledger))}
                />
              </div>
            </Details>
          )}
          <p className="border-t px-4 py-2 text-xs text-muted">
            AWS bills $0.01 for each Cost Explorer request. Looking at this page asks nothing; an account that reaches
            its cap is read again next month.
          </p>
        </>
      )}
      {capping && <CapDialog account={capping} onClose={() => setCapping(null)} />}
    </Panel>
  );
}

function Cap({ account, onChange }: { account: CostLedgerView["accounts"][number]; onChange(account: Capped): void }) {
  const { accountId, name, capUsd } = account;
  const { isAdmin } = useRights();
  if (!accountId || capUsd === null) return "—";
  if (!isAdmin) return moneyText(capUsd);
  return (
    <Button size="sm" aria-label={`Change the cap of ${name}`} onClick={() => onChange({ accountId, name, capUsd })}>
      {moneyText(capUsd)}
    </Button>
  );
}

function ledgerRow({ accounts }: CostLedgerView) {
  const nameOf = (id: string) => accounts.find(({ awsAccountId }) => awsAccountId === id)?.name ?? id;
  return ({
    id,
    askedAt,
    awsAccountId,
    operation,
    purpose,
    requests,
    dollars,
    failureCode,
  }: CostLedgerView["rows"][number]) => ({
    key: id,
    cells: [
      <Time key="at" at={askedAt} />,
      nameOf(awsAccountId),
      `${operation}${requests > 1 ? ` × ${requests}` : ""}${failureCode ? `, ${failureCode}` : ""}`,
      purpose,
      moneyText(dollars),
    ],
  });
}
