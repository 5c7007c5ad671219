"use client";
import { useLayoutEffect, useRef } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { CostParams, ranges } from "./cost-params";
import { OwnDays } from "./own-days";

interface RangeControlsProps {
  params: CostParams;
  /** What is wrong with the days, by field. */
  problems: Record<string, string>;
  onChange(change: Partial<CostParams>): void;
}

const rangeChoices: { value: (typeof ranges)[number]; label: string }[] = [
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
  { value: "90d", label: "90 days" },
  { value: "month", label: "This month" },
  { value: "lastMonth", label: "Last month" },
  { value: "year", label: "12 months" },
];
const byChoices = [
  { value: "day", label: "Day" },
  { value: "month", label: "Month" },
] as const;
const metricChoices = [
  { value: "unblended", label: "Unblended" },
  { value: "amortized", label: "Amortized" },
] as const;

/** As far as the row's own padding, in pixels. */
const MARGIN = 16;

/** Which days, how fine, and by which of AWS's two ways of counting. */
export function RangeControls({ params, problems, onChange }: RangeControlsProps) {
  const isOwn = params.start !== null || params.end !== null;
  const row = useRef<HTMLDivElement>(null);
  // On a phone the row scrolls: what is chosen has to be in sight.
  useLayoutEffect(() => {
    const chosen = row.current?.querySelector("[data-state=checked], [aria-pressed=true]")?.getBoundingClientRect();
    if (!row.current || !chosen) return;
    const { left, right } = row.current.getBoundingClientRect();
    if (chosen.right > right - MARGIN) row.current.scrollLeft += chosen.right - right + MARGIN;
    if (chosen.left < left + MARGIN) row.current.scrollLeft += chosen.left - left - MARGIN;
  }, [params.range, params.start, params.end]);
  return (
    <div
      ref={row}
      className="flex flex-wrap items-center gap-2 max-md:-mx-4 max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-0.5"
    >
      <Segmented
        label="Range"
        value={isOwn ? null : (rangeChoices.find(({ value }) => value === params.range)?.value ?? null)}
        choices={rangeChoices}
        // A year by the day is a wall of bars.
        onChange={(range) => onChange({ range, start: null, end: null, by: range === "year" ? "month" : "day" })}
      />
      <OwnDays params={params} problems={problems} onChange={onChange} />
      <Segmented label="Granularity" value={params.by} choices={byChoices} onChange={(by) => onChange({ by })} />
      <Segmented
        label="Metric"
        value={params.metric}
        choices={metricChoices}
        onChange={(metric) => onChange({ metric })}
      />
    </div>
  );
}
