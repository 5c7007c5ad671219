import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import type { Column } from "@/components/ui/data-table";
import { Time } from "@/components/ui/time";
import type { RouterOutputs } from "@/server/routers";
import { actionWords, detailWords } from "./audit-words";

type Entry = RouterOutputs["audit"]["list"]["entries"][number];

/** Every column that the audit log can show. */
export const auditColumns: Column<Entry>[] = [
  {
    id: "at",
    header: "When",
    className: "w-28",
    phone: "max-md:w-[26%]",
    cell: ({ at }) => <Time at={at} className="text-muted" />,
  },
  { id: "what", header: "What", className: "w-92", phone: "max-md:w-[74%]", cell: (entry) => <What entry={entry} /> },
  {
    id: "who",
    header: "Who",
    className: "w-48 max-xl:w-40",
    hide: "max-md:hidden",
    cell: (entry) => <Who entry={entry} />,
  },
  { id: "detail", header: "Details", hide: "max-xl:hidden", cell: (entry) => <Detail entry={entry} /> },
  {
    id: "address",
    header: "From where",
    className: "w-36 max-xl:w-28",
    hide: "max-lg:hidden",
    cell: ({ address, userAgent }) => (
      <span className="font-mono text-xs" title={userAgent ?? undefined}>
        {address ?? "—"}
      </span>
    ),
  },
  {
    id: "requestId",
    header: "Request",
    className: "w-44",
    hide: "max-[1400px]:hidden",
    cell: ({ requestId }) => <Copyable text={requestId} name="request id" max={16} />,
  },
  {
    id: "userAgent",
    header: "Program",
    className: "w-72",
    cell: ({ userAgent }) => (
      <span className="text-xs text-muted" title={userAgent ?? undefined}>
        {userAgent ?? "—"}
      </span>
    ),
  },
];

export const usualAuditColumns = ["at", "what", "who", "detail", "address", "requestId"];

function What({ entry }: { entry: Entry }) {
  const { action, target, targetId, clerkUserId, email } = entry;
  const words = actionWords(action);
  const isAccount = /^(accounts\.(connect|check|update|pause|resume)|resources\.sync)$/.test(action) && targetId;
  // A link as long as what it was done to may still be there; else the keyboard's walk stops at the words.
  return isAccount && target ? (
    <span title={`${words} ${target}, by ${email ?? clerkUserId}`}>
      {words}{" "}
      <Link
        href={`/accounts/${targetId}`}
        data-row-link
        prefetch={false}
        className="rounded-sm font-medium underline-offset-4 -outline-offset-1 group-hover/row:underline"
      >
        {target}
      </Link>
    </span>
  ) : (
    <span
      data-row-link
      tabIndex={-1}
      title={`${words} ${target ?? ""}, by ${email ?? clerkUserId}`}
      className="block truncate rounded-sm -outline-offset-1"
    >
      {words} <span className="font-medium">{target}</span>
    </span>
  );
}

function Who({ entry: { email, clerkUserId } }: { entry: Entry }) {
  return email ? (
    <span title={`${email} (${clerkUserId})`}>{email}</span>
  ) : (
    <span className="font-mono text-xs" title={clerkUserId}>
      {clerkUserId}
    </span>
  );
}

function Detail({ entry }: { entry: Entry }) {
  const detail = detailWords(entry.detail);
  return (
    <span className="text-xs text-muted" title={detail}>
      {detail}
    </span>
  );
}
