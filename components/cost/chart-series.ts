/** Pure: what the chart stacks, in which colours. */
import type { CostLayer } from "@/server/cost/views";
import { seriesColors } from "./series-colors";

export interface ChartSeries {
  key: string;
  label: string;
  isOther: boolean;
  color: string;
}

export function chartSeries(layers: readonly CostLayer[]): ChartSeries[] {
  const colors = seriesColors(layers.filter(({ isOther }) => !isOther).map(({ key }) => key));
  return layers.map(({ key, label, isOther }) => ({
    key,
    label,
    isOther,
    color: colors.get(key) ?? "var(--series-other)",
  }));
}
