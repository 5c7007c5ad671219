import { whyIncomplete } from "@/components/accounts/completeness-words";
import { resourcesHref } from "@/components/resources/list-params";
import type { Scope } from "@/components/scope-params";
import { Figure } from "@/components/ui/figure";
import { plural } from "@/components/ui/figure-text";
import { Stat, Stats } from "@/components/ui/stat";
import type { RouterOutputs } from "@/server/routers";

export type Overview = RouterOutputs["resources"]["overview"];

/** The few numbers that a glance is for. */
export function Summary({ overview, scope }: { overview: Overview; scope: Scope }) {
  const { total, completeness, accounts, regions, changes } = overview;
  const facts = {
    isPartial: completeness.isPartial,
    isStale: completeness.isStale,
    asOf: completeness.asOf,
    whyNot: whyIncomplete(completeness),
  };
  const isRead = completeness.cellsRead > 0;
  return (
    <Stats of={4}>
      <Stat name="Resources" note={`${plural(accounts.length, "account")}, ${plural(regions.length, "region")} in use`}>
        <Figure value={total} one="resource" {...facts} href={resourcesHref(scope)} />
      </Stat>
      <Stat name="New since yesterday" note="what a first sync finds is not counted">
        <Figure
          value={isRead ? changes.appeared : null}
          one="new resource"
          asOf={completeness.asOf}
          isStale={completeness.isStale}
          href={resourcesHref({ ...scope, sort: "firstSeenAt", dir: "desc" })}
        />
      </Stat>
      <Stat
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
          one="resource changed or gone"
          many="resources changed or gone"
          asOf={completeness.asOf}
          isStale={completeness.isStale}
          href={resourcesHref({ ...scope, gone: "all", sort: "lastChangedAt", dir: "desc" })}
        />
      </Stat>
      <Stat name="Scans read" note={whyIncomplete(completeness) ?? "everything that was asked"}>
        <span className="inline-flex items-baseline gap-1.5">
          <Figure
            value={completeness.cellsTotal > 0 ? completeness.cellsRead : null}
            one="scan read"
            many="scans read"
            asOf={completeness.asOf}
            isStale={completeness.isStale}
            whyNot={whyIncomplete(completeness)}
            href="/accounts"
          />
          {completeness.cellsTotal > 0 && (
            <span className="text-sm font-normal text-muted">of {completeness.cellsTotal.toLocaleString("en-US")}</span>
          )}
        </span>
      </Stat>
    </Stats>
  );
}
