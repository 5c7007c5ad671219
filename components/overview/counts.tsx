import Link from "next/link";
import type { ReactNode } from "react";
import { AccountStatus, type AccountSummary } from "@/components/accounts/account-status";
import { whyIncomplete } from "@/components/accounts/completeness-words";
import { regionsText } from "@/components/accounts/gap-words";
import { resourcesHref } from "@/components/resources/list-params";
import { regionName } from "@/components/resources/region-name";
import type { Scope } from "@/components/scope-params";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import { CountRow } from "./count-row";
import type { Overview } from "./summary";

interface CountsProps {
  overview: Overview;
  scope: Scope;
}

/** Of accounts and regions; an organisation may have hundreds. */
const SHOWN = 12;

const largest = (counts: (number | null)[]) => Math.max(1, ...counts.map((count) => count ?? 0));

export function TypeCounts({ overview: { types, gaps, completeness, syncs }, scope }: CountsProps) {
  const max = largest(types.map(({ count }) => count));
  const whyNot = (type: string) => {
    const found = gaps.filter((gap) => gap.type === type || (gap.type === null && gap.subject !== "tags"));
    if (found.length > 0)
      return found
        .map((gap) => `Could not be read in ${[gap.accountName, regionsText(gap.regions)].filter(Boolean).join(", ")}.`)
        .join(" ");
    return syncs.length > 0 ? "Still being read." : null;
  };
  return (
    <Panel title="By type">
      <ul>
        {[...types]
          .sort((a, b) => (b.count ?? -1) - (a.count ?? -1))
          .map(({ type, label, count, isPartial }) => (
            <CountRow key={type} share={(count ?? 0) / max} name={label}>
              <Figure
                value={count}
                one={label}
                isPartial={isPartial}
                asOf={completeness.asOf}
                isStale={completeness.isStale}
                whyNot={isPartial || count === null ? whyNot(type) : null}
                href={resourcesHref({ ...scope, type: [type] })}
              />
            </CountRow>
          ))}
      </ul>
    </Panel>
  );
}

export function AccountCounts({ overview: { accounts }, scope }: CountsProps) {
  const max = largest(accounts.map(({ count }) => count));
  const shown = [...accounts].sort((a, b) => (b.count ?? -1) - (a.count ?? -1)).slice(0, SHOWN);
  return (
    <Panel
      title="By account"
      note={accounts.length > SHOWN && `the ${SHOWN} largest of ${accounts.length.toLocaleString("en-US")}`}
      actions={accounts.length > SHOWN && <All href="/accounts?sort=resources&dir=desc">Show all accounts</All>}
    >
      <ul>
        {shown.map(({ accountId, name, status, count, completeness }) => (
          <CountRow
            key={accountId}
            share={(count ?? 0) / max}
            name={
              <Link
                href={`/accounts/${accountId}`}
                className="rounded-sm underline-offset-4 hover:text-accent hover:underline"
              >
                {name}
              </Link>
            }
            // The overview speaks of accounts with the same five words as the accounts' own list.
            note={<AccountStatus status={status as AccountSummary["status"]} className="text-xs" />}
          >
            <Figure
              value={count}
              one={`resource in ${name}`}
              many={`resources in ${name}`}
              isPartial={completeness.isPartial}
              isStale={completeness.isStale}
              asOf={completeness.asOf}
              whyNot={whyIncomplete(completeness)}
              href={resourcesHref({ ...scope, account: [accountId] })}
            />
          </CountRow>
        ))}
      </ul>
    </Panel>
  );
}

export function RegionCounts({ overview: { regions, completeness, gaps }, scope }: CountsProps) {
  const max = largest(regions.map(({ count }) => count));
  const isMissing = (region: string) =>
    gaps.some(({ subject, regions }) => subject === "account" || (subject !== "tags" && regions.includes(region)));
  return (
    <Panel
      title="By region"
      note={regions.length > SHOWN ? `the ${SHOWN} largest of ${regions.length}` : "regions with something in them"}
      actions={regions.length > SHOWN && <All href={resourcesHref({ ...scope, sort: "region" })}>Show all</All>}
    >
      {regions.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          {completeness.cellsRead > 0 ? "Nothing was found in any region." : "No region has been read yet."}
        </p>
      ) : (
        <ul>
          {regions.slice(0, SHOWN).map(({ region, count }) => (
            <CountRow key={region} share={count / max} name={regionName(region)}>
              <Figure
                value={count}
                one={`resource in ${regionName(region)}`}
                many={`resources in ${regionName(region)}`}
                isPartial={isMissing(region)}
                isStale={completeness.isStale}
                asOf={completeness.asOf}
                whyNot={isMissing(region) ? "Some resource types could not be read here." : null}
                href={resourcesHref({ ...scope, region: [region] })}
              />
            </CountRow>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function All({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-xs font-medium text-accent underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
