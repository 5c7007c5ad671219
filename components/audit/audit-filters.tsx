"use client";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterChip } from "@/components/ui/filter-chip";
import { Input } from "@/components/ui/input";
import type { RouterOutputs } from "@/server/routers";
import { dayOf, isNarrowed, type AuditParams } from "./audit-params";
import { actionWords } from "./audit-words";

interface AuditFiltersProps {
  params: AuditParams;
  choices: RouterOutputs["audit"]["choices"] | undefined;
  onChange(change: Partial<AuditParams>): void;
  onClear(): void;
}

/** What the log is narrowed by: who, what, and from which day to which. */
export function AuditFilters({ params, choices, onChange, onClear }: AuditFiltersProps) {
  const people = choices?.people.map(({ clerkUserId, email }) => ({
    value: clerkUserId,
    label: email ?? clerkUserId,
    keywords: [clerkUserId],
  }));
  const actions = choices?.actions.map((action) => ({
    value: action,
    label: actionWords(action),
    hint: action,
    keywords: [action],
  }));
  return (
    <FilterBar isNarrowed={isNarrowed(params)} onClear={onClear}>
      <FilterChip name="Person" choices={people} selected={params.person} onChange={(person) => onChange({ person })} />
      <FilterChip
        name="Action"
        choices={actions}
        selected={params.action}
        onChange={(action) => onChange({ action })}
      />
      <Day label="From" value={params.from} onChange={(from) => onChange({ from })} />
      <Day label="To" value={params.to} onChange={(to) => onChange({ to })} />
    </FilterBar>
  );
}

function Day({ label, value, onChange }: { label: string; value: Date | null; onChange(day: Date | null): void }) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {label}
      <Input
        type="date"
        value={value ? dayOf(value) : ""}
        onChange={({ target }) => onChange(target.value ? new Date(target.value) : null)}
        className="h-7 w-36 text-xs figures"
      />
    </label>
  );
}
