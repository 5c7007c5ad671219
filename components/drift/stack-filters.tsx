"use client";
import { regionName } from "@/components/resources/region-name";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterChip } from "@/components/ui/filter-chip";
import type { RouterOutputs } from "@/server/routers";
import { severityWords, verdictWords } from "./drift-words";
import { isNarrowed, severityKeys, verdictKeys, type StackParams } from "./stack-params";

interface StackFiltersProps {
  params: StackParams;
  facets: RouterOutputs["drift"]["facets"] | undefined;
  onChange(change: Partial<StackParams>): void;
  onClear(): void;
}

/** What the stack list is narrowed by. Account and region are the scope of the whole page. */
export function StackFilters({ params, facets, onChange, onClear }: StackFiltersProps) {
  const hint = (count: number | undefined) => (count ?? 0).toLocaleString("en-US");
  const verdicts = verdictKeys.map((verdict) => ({
    value: verdict,
    label: verdictWords[verdict].word,
    hint: facets && hint(facets.verdicts.find((facet) => facet.verdict === verdict)?.count),
  }));
  const severities = severityKeys.map((severity) => ({
    value: severity,
    label: severityWords[severity],
    hint: facets && hint(facets.severities.find((facet) => facet.severity === severity)?.count),
  }));
  const accounts = facets?.accounts.map(({ accountId, name, awsAccountId, count }) => ({
    value: accountId,
    label: name,
    hint: hint(count),
    keywords: [awsAccountId],
  }));
  const regions = facets?.regions.map(({ region, count }) => ({
    value: region,
    label: regionName(region),
    hint: hint(count),
  }));
  const statuses = facets?.statuses.map(({ status, count }) => ({
    value: status,
    label: status,
    hint: hint(count),
  }));
  return (
    <FilterBar isNarrowed={isNarrowed(params)} onClear={onClear}>
      <FilterChip
        name="Drift"
        choices={verdicts}
        selected={params.drift}
        onChange={(drift) => onChange({ drift: verdictKeys.filter((key) => drift.includes(key)) })}
      />
      <FilterChip
        name="Severity"
        choices={severities}
        selected={params.severity}
        onChange={(severity) => onChange({ severity: severityKeys.filter((key) => severity.includes(key)) })}
      />
      <FilterChip
        name="Account"
        choices={accounts}
        selected={params.account}
        onChange={(account) => onChange({ account })}
      />
      <FilterChip
        name="Region"
        choices={regions}
        selected={params.region}
        onChange={(region) => onChange({ region })}
      />
      <FilterChip
        name="Status"
        choices={statuses}
        selected={params.status}
        onChange={(status) => onChange({ status })}
      />
      <FilterChip
        name="Nested"
        isSingle
        choices={[{ value: "flat", label: "Each for itself" }]}
        selected={params.flat ? ["flat"] : []}
        onChange={([flat]) => onChange({ flat: flat === "flat" })}
      />
    </FilterBar>
  );
}
