import Link from "next/link";
import { regionName } from "@/components/resources/region-name";
import { resourcesHref } from "@/components/resources/list-params";
import type { Scope } from "@/components/scope-params";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { CirclePlus, CircleMinus, CircleDot } from "lucide-react";
import type { Overview } from "./summary";

type Change = Overview["changes"]["latest"][number];

const kinds: Record<Change["kind"], { word: string; Icon: typeof CirclePlus }> = {
  appeared: { word: "New", Icon: CirclePlus },
  changed: { word: "Changed", Icon: CircleDot },
  gone: { word: "Gone", Icon: CircleMinus },
};

/** What is different from yesterday, the latest first. */
export function Changes({ overview: { changes, completeness }, scope }: { overview: Overview; scope: Scope }) {
  const all = changes.appeared + changes.changed + changes.gone;
  return (
    <Panel
      title="Changed since yesterday"
      note={all > changes.latest.length && `the latest ${changes.latest.length} of ${all.toLocaleString("en-US")}`}
      actions={
        <Link
          href={resourcesHref({ ...scope, gone: "all", sort: "lastChangedAt", dir: "desc" })}
          className="text-xs font-medium text-accent underline-offset-4 hover:underline"
        >
          Show all by last change
        </Link>
      }
    >
      {changes.latest.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          {completeness.cellsRead > 0
            ? "Nothing appeared, changed or went away in what could be read."
            : "Nothing has been read yet."}
        </p>
      ) : (
        <ul>
          {changes.latest.map((change) => (
            <ChangeItem key={`${change.resourceId} ${change.kind}`} change={change} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ChangeItem({ change }: { change: Change }) {
  const { word, Icon } = kinds[change.kind];
  return (
    <li className="grid min-h-8 grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 px-4 text-sm hover:bg-hover max-md:py-1.5 xl:grid-cols-[5.5rem_minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_7rem_4.5rem]">
      <span className="inline-flex items-center gap-1.5 text-xs text-muted">
        <Icon className="size-3.5" aria-hidden />
        {word}
      </span>
      <Link
        href={`/resources/${change.resourceId}`}
        // A dozen of them stand here, and hardly one is followed.
        prefetch={false}
        className="truncate rounded-sm font-medium underline-offset-4 hover:text-accent hover:underline"
      >
        {change.name ?? change.nativeId}
      </Link>
      <span className="truncate text-muted max-xl:hidden">{change.typeLabel}</span>
      <span className="truncate text-muted max-xl:hidden">{change.accountName}</span>
      <span className="truncate text-muted max-xl:hidden">{regionName(change.region)}</span>
      <Time at={change.at} className="text-right text-xs text-muted" />
    </li>
  );
}
