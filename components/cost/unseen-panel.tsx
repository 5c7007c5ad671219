"use client";
import { readError } from "@/components/app-error";
import { regionName } from "@/components/resources/region-name";
import { trpc } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { TableSkeleton } from "@/components/ui/skeleton";
import { scopeOf, type CostParams } from "./cost-params";
import { daysText } from "./day-text";
import { moneyText } from "./money-text";
import { notOnPhone, PlainTable } from "./plain-table";

const SHOWN = 12;

/** Dollars that no resource in the inventory stands for. */
export function UnseenPanel({ params }: { params: CostParams }) {
  const query = trpc.cost.unseen.useQuery(scopeOf(params));
  const { data, error } = query;
  return (
    <Panel title="Spend that the inventory does not see" note={data && daysText(data.range.start, data.range.lastDay)}>
      {!data ? (
        error ? (
          <ErrorState {...readError(error)} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
        ) : (
          <TableSkeleton rows={4} columns={["w-72", "w-20"]} />
        )
      ) : data.rows.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          {data.freshness.accountsRead === 0
            ? "No costs were read yet."
            : ["Of what costs in a region, nothing was found missing from the inventory.", data.reason]
                .filter(Boolean)
                .join(" ")}
        </p>
      ) : (
        <>
          <PlainTable
            label="Spend that the inventory does not see"
            columns={[
              { header: "What is not seen" },
              { header: "Account", className: notOnPhone },
              { header: "Region", className: `${notOnPhone} whitespace-nowrap` },
              { header: "Cost", isNumber: true },
            ]}
            rows={data.rows.slice(0, SHOWN).map(({ message, amount, ...row }) => {
              const account = row.accountName ?? row.awsAccountId ?? "Any";
              const region = row.region ? regionName(row.region) : "Any";
              return {
                key: [row.why, row.awsAccountId, row.region, row.service].join(" "),
                below: [account, region].filter((place) => place !== "Any").join(" · "),
                cells: [message, account, region, moneyText(amount)],
              };
            })}
          />
          <p className="border-t px-4 py-2 text-xs text-muted">
            {data.rows.length > SHOWN && `The ${SHOWN} dearest of ${data.rows.length} lines. `}
            Two lines may tell of the same dollars from two sides, so they are not summed. {data.reason}
          </p>
        </>
      )}
    </Panel>
  );
}
