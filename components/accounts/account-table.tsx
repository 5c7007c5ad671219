"use client";
import Link from "next/link";
import { useCallback, useRef } from "react";
import { resourcesHref } from "@/components/resources/list-params";
import { Figure } from "@/components/ui/figure";
import { plural } from "@/components/ui/figure-text";
import { Progress } from "@/components/ui/progress";
import { StatusShape } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { useRowWalk } from "@/components/ui/use-row-walk";
import { AccountStatus, type AccountSummary } from "./account-status";
import { isPartial, whyIncomplete } from "./completeness-words";
import { progressText } from "./sync-progress";

const head = "text-muted h-8 border-b px-3 text-left text-xs font-medium";
const cell = "border-b px-3 py-2 align-top group-last/row:border-b-0";

/** The accounts with what is known of each, and how well. */
export function AccountTable({ accounts }: { accounts: AccountSummary[] }) {
  const table = useRef<HTMLDivElement>(null);
  useRowWalk(
    table,
    accounts.length,
    useCallback(() => {}, []),
  );
  return (
    <div ref={table} className="overflow-x-auto rounded-lg border bg-surface">
      <table aria-label="Accounts" className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={head}>
              Account
            </th>
            <th scope="col" className={head}>
              Status
            </th>
            <th scope="col" className={`${head} text-right`}>
              Resources
            </th>
            <th scope="col" className={`${head} text-right max-sm:hidden`}>
              Regions
            </th>
            <th scope="col" className={`${head} max-md:hidden`}>
              Last synced
            </th>
            <th scope="col" className={`${head} text-right max-md:hidden`}>
              Gaps
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account, index) => (
            <AccountRow key={account.id} account={account} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AccountRow({ account, index }: { account: AccountSummary; index: number }) {
  const { id, name, awsAccountId, status, statusReason, sync, completeness, lastSyncedAt } = account;
  return (
    <tr data-row={index} className="group/row focus-within:bg-accent-soft hover:bg-hover">
      <td className={`${cell} max-w-72`}>
        <Link
          href={`/accounts/${id}`}
          data-row-link
          className="block truncate rounded-sm font-medium underline-offset-4 group-hover/row:underline"
        >
          {name}
        </Link>
        <span className="font-mono text-xs text-muted">{awsAccountId}</span>
      </td>
      <td className={cell}>
        <AccountStatus status={status} />
        {sync ? (
          <span className="flex max-w-56 flex-col gap-1.5 text-xs text-muted figures">
            {progressText(sync)}
            <Progress done={sync.cellsDone} total={sync.cellsTotal} label={`Sync of ${name}`} className="w-32" />
          </span>
        ) : (
          statusReason && <span className="block max-w-80 text-xs text-muted max-sm:hidden">{statusReason}</span>
        )}
      </td>
      <td className={`${cell} text-right`}>
        <Figure
          value={account.resourceCount}
          unit="resources"
          isPartial={isPartial(completeness)}
          isStale={completeness.isStale}
          asOf={completeness.asOf}
          whyNot={whyIncomplete(completeness)}
          href={resourcesHref({ account: [id] })}
        />
      </td>
      <td className={`${cell} text-right max-sm:hidden`}>
        <Figure
          value={account.regionsEnabled}
          unit="enabled regions"
          whyNot={account.regionsEnabled === null ? "The enabled regions have not been read yet." : null}
        />
      </td>
      <td className={`${cell} max-md:hidden`}>
        {lastSyncedAt ? (
          <span className="inline-flex items-center gap-1">
            {completeness.isStale && <StatusShape tone="warn" className="size-3" />}
            <Time at={lastSyncedAt} className={completeness.isStale ? "text-warn" : "text-muted"} />
          </span>
        ) : (
          <span className="text-faint">never</span>
        )}
      </td>
      <td className={`${cell} text-right max-md:hidden`}>
        {completeness.gaps.length > 0 ? (
          <Link
            href={`/accounts/${id}#gaps`}
            className="rounded-sm figures underline-offset-4 hover:text-accent hover:underline"
            aria-label={`${plural(completeness.gaps.length, "gap")} in ${name}`}
          >
            {completeness.gaps.length}
          </Link>
        ) : completeness.cellsRead > 0 ? (
          <span className="text-muted figures">0</span>
        ) : (
          <span className="text-faint">—</span>
        )}
      </td>
    </tr>
  );
}
