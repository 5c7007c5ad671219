import type { ReactNode } from "react";
import { isPartial, whyIncomplete } from "@/components/accounts/completeness-words";
import { resourcesHref } from "@/components/resources/list-params";
import type { Scope } from "@/components/scope-params";
import { Figure } from "@/components/ui/figure";
import { plural } from "@/components/ui/figure-text";
import type { RouterOutputs } from "@/server/routers";

export type Overview = RouterOutputs["resources"]["overview"];

/** The few numbers that a glance is for. */
export function Summary({ overview, scope }: { overview: Overview; scope: Scope }) {
  const { total, completeness, accounts, regions, changes } = overview;
  const facts = {
    isPartial: isPartial(completeness),
    isStale: completeness.isStale,
    asOf: completeness.asOf,
    whyNot: whyIncomplete(completeness),
  };
  const isRead = completeness.cellsRead > 0;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border bg-surface *:border-line max-lg:*:odd:border-r max-lg:*:nth-[-n+2]:border-b lg:grid-cols-4 lg:*:not-first:border-l">
      <Item name="Resources" note={`${plural(accounts.length, "account")}, ${plural(regions.length, "region")} in use`}>
        <Figure value={total} unit="resources" {...facts} href={resourcesHref(scope)} />
      </Item>
      <Item name="New since yesterday" note="first seen in the last 24 hours">
        <Figure
          value={isRead ? changes.appeared : null}
          unit="new resources"
          asOf={completeness.asOf}
          isStale={completeness.isStale}
          href={resourcesHref({ ...scope, sort: "firstSeenAt", dir: "desc" })}
        />
      </Item>
      <Item
        name="Changed or gone"
        note={
          isRead ? (
            <>
              {changes.changed.toLocaleString("en-US")} changed, {changes.gone.toLocaleString("en-US")} gone
            </>
          ) : (
            "since yesterday"
          )
        }
      >
        <Figure
          value={isRead ? changes.changed + changes.gone : null}
          unit="resources changed or gone"
          asOf={completeness.asOf}
          isStale={completeness.isStale}
          href={resourcesHref({ ...scope, gone: "all", sort: "lastChangedAt", dir: "desc" })}
        />
      </Item>
      <Item
        name="Scans read"
        note={
          completeness.cellsFailing > 0
            ? `${plural(completeness.cellsFailing, "scan")} could not be read`
            : isRead
              ? "everything that was asked"
              : "nothing was read yet"
        }
      >
        <span className="inline-flex items-baseline gap-1.5">
          <Figure
            value={completeness.cellsTotal > 0 ? completeness.cellsRead : null}
            unit="scans read"
            asOf={completeness.asOf}
            isStale={completeness.isStale}
            whyNot={whyIncomplete(completeness)}
            href="/accounts"
          />
          {completeness.cellsTotal > 0 && (
            <span className="text-sm font-normal text-muted">of {completeness.cellsTotal.toLocaleString("en-US")}</span>
          )}
        </span>
      </Item>
    </dl>
  );
}

function Item({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-xs text-muted">{name}</dt>
      <dd>
        <span className="block text-2xl font-semibold tracking-tight">{children}</span>
        <span className="block text-xs text-muted figures">{note}</span>
      </dd>
    </div>
  );
}
