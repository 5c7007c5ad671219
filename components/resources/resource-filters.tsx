"use client";
import { FilterBar } from "@/components/ui/filter-bar";
import { figureText } from "@/components/ui/figure-text";
import { FilterChip } from "@/components/ui/filter-chip";
import type { RouterOutputs } from "@/server/routers";
import { isFiltered, type ListParams } from "./list-params";
import { regionName } from "./region-name";

interface ResourceFiltersProps {
  params: ListParams;
  facets: RouterOutputs["resources"]["facets"] | undefined;
  onChange(change: Partial<ListParams>): void;
  onClear(): void;
}

const presenceChoices = [
  { value: "gone", label: "Gone only" },
  { value: "all", label: "Live and gone" },
];

/** What the list is narrowed by, a chip each. Account and region are the scope of the whole page. */
export function ResourceFilters({ params, facets, onChange, onClear }: ResourceFiltersProps) {
  const hint = (count: number | null, isComplete = true) => figureText({ value: count, isPartial: !isComplete });
  const types = facets?.types.map(({ type, label, count, isComplete }) => ({
    value: type,
    label,
    hint: hint(count, isComplete),
    keywords: [type],
  }));
  const accounts = facets?.accounts.map(({ accountId, name, awsAccountId, count, isComplete }) => ({
    value: accountId,
    label: name,
    hint: hint(count, isComplete),
    keywords: [awsAccountId],
  }));
  const regions = facets?.regions.map(({ region, count }) => ({
    value: region,
    label: regionName(region),
    hint: hint(count),
  }));
  const states = facets?.states.flatMap(({ state, count }) =>
    state === null ? [] : [{ value: state, label: state, hint: hint(count) }],
  );
  const tags = facets?.tagKeys.map((key) => ({ value: key, label: key }));
  return (
    <FilterBar isNarrowed={isFiltered(params)} onClear={onClear}>
      <FilterChip name="Type" choices={types} selected={params.type} onChange={(type) => onChange({ type })} />
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
        name="State"
        choices={states}
        selected={params.state}
        onChange={(state) => onChange({ state })}
        emptyText="AWS gave no states here."
      />
      <FilterChip
        name="Tag"
        choices={tags}
        selected={params.tag}
        onChange={(tag) => onChange({ tag })}
        hint="Key, or key=value"
        allowTyped={(typed) => <>Tagged “{typed.trim()}”</>}
        emptyText="No tags were read. Type a key, or key=value."
      />
      <FilterChip
        name="Gone"
        isSingle
        choices={presenceChoices}
        selected={params.gone === "live" ? [] : [params.gone]}
        onChange={([gone]) => onChange({ gone: gone === "gone" || gone === "all" ? gone : "live" })}
      />
    </FilterBar>
  );
}
