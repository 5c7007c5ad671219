import Link from "next/link";
import { Time } from "@/components/ui/time";
import type { RouterOutputs } from "@/server/routers";
import { actionWords, detailWords } from "./audit-words";

type Entry = RouterOutputs["audit"]["list"]["entries"][number];

const head = "h-8 border-b px-3 text-left text-xs font-medium text-muted";
const cell = "border-b px-3 py-2 align-top group-last/row:border-b-0";

/** What was done, newest first. */
export function AuditTable({ entries }: { entries: Entry[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-surface">
      <table aria-label="Audit log" className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={head}>
              When
            </th>
            <th scope="col" className={head}>
              Who
            </th>
            <th scope="col" className={head}>
              What
            </th>
            <th scope="col" className={`${head} max-md:hidden`}>
              From where
            </th>
            <th scope="col" className={`${head} max-lg:hidden`}>
              Request
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry }: { entry: Entry }) {
  const detail = detailWords(entry.detail);
  return (
    <tr className="group/row hover:bg-hover">
      <td className={`${cell} text-muted`}>
        <Time at={entry.at} />
      </td>
      <td className={`${cell} max-w-60 truncate`} title={entry.clerkUserId}>
        {entry.email ?? <span className="font-mono text-xs">{entry.clerkUserId}</span>}
      </td>
      <td className={`${cell} [overflow-wrap:anywhere]`}>
        {actionWords(entry.action)} <Target entry={entry} />
        {detail && <span className="block text-xs text-muted">{detail}</span>}
      </td>
      <td className={`${cell} max-w-56 max-md:hidden`}>
        <span className="font-mono text-xs">{entry.address ?? "—"}</span>
        {entry.userAgent && (
          <span className="block truncate text-xs text-faint" title={entry.userAgent}>
            {entry.userAgent}
          </span>
        )}
      </td>
      <td className={`${cell} font-mono text-xs text-faint max-lg:hidden`} title={entry.requestId}>
        {entry.requestId.slice(0, 12)}…
      </td>
    </tr>
  );
}

/** What it was done to: a link as long as it may still be there. */
function Target({ entry: { action, target, targetId } }: { entry: Entry }) {
  if (!target) return null;
  const isAccount = /^(accounts\.(connect|check|update|pause|resume)|resources\.sync)$/.test(action) && targetId;
  return isAccount ? (
    <Link href={`/accounts/${targetId}`} className="font-medium underline-offset-4 hover:underline">
      {target}
    </Link>
  ) : (
    <span className="font-medium">{target}</span>
  );
}
