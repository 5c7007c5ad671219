"use client";
import { useId } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ChartRow } from "./chart-rows";
import { ChartTooltip } from "./chart-tooltip";
import type { ChartSeries } from "./chart-series";
import { StackedBars } from "./stacked-bars";
import { tickText } from "./money-text";
import { Texture } from "./textures";

const HEIGHT = 288;
const tick = { fill: "var(--faint)", fontSize: 11 };

/** Bars stacked by service, then the forecast with its interval. The table beside it tells the same to a screen reader. */
export default function CostChart({ rows, series }: { rows: ChartRow[]; series: ChartSeries[] }) {
  const id = useId();
  const labels = new Map(rows.map(({ start, label }) => [start, label]));
  const forecast = rows.filter(({ mean }) => mean !== null);
  // A month's end is one point: neither a line nor a band can be drawn through it.
  const single = forecast.length === 1 ? forecast[0] : undefined;
  const fill = (at: number) => `${id}-${at}`;
  return (
    // Clipped, as it is drawn once at its first width before it has been measured: a phone would scroll sideways. And what
    // is drawn may not hold its own room open, or it would never be measured narrower than it is.
    <div aria-hidden className="h-72 w-full overflow-x-clip text-xs [contain:inline-size]">
      <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 640, height: HEIGHT }}>
        <ComposedChart data={rows} margin={{ top: 16, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <defs>
            {series.map(({ key, color, isOther }, at) => (
              <Texture key={key} id={fill(at)} at={at} color={color} isOther={isOther} />
            ))}
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="start"
            scale="band"
            tickFormatter={(start: string) => labels.get(start) ?? ""}
            tick={tick}
            tickLine={false}
            stroke="var(--line-strong)"
            minTickGap={24}
          />
          <YAxis tick={tick} tickLine={false} axisLine={false} width={52} tickFormatter={tickText} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={({ active, payload }) =>
              active && payload[0] ? <ChartTooltip row={payload[0].payload as ChartRow} series={series} /> : null
            }
          />
          <Area
            dataKey="band"
            stroke="none"
            fill="var(--accent)"
            fillOpacity={0.16}
            isAnimationActive={false}
            activeDot={false}
          />
          <StackedBars rows={rows} fills={series.map((_, at) => `url(#${fill(at)})`)} />
          {/* Not seen: they tell the axis how far the bars reach, and the tooltip that there is something here. */}
          {[top, bottom].map((end) => (
            <Line
              key={end === top ? "top" : "bottom"}
              dataKey={end}
              stroke="none"
              // Of a month alone recharts draws the one point, whatever is said of dots.
              fill="none"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {single?.band && (
            <ReferenceLine
              segment={[
                { x: single.start, y: single.band[0] },
                { x: single.start, y: single.band[1] },
              ]}
              stroke="var(--accent)"
              strokeWidth={2}
              ifOverflow="extendDomain"
            />
          )}
          <Line
            dataKey="mean"
            stroke="var(--accent)"
            strokeWidth={1.5}
            strokeDasharray="4 3"
            dot={
              single !== undefined && {
                r: 3.5,
                fill: "var(--accent)",
                stroke: "var(--surface)",
                strokeDasharray: "none",
              }
            }
            activeDot={false}
            isAnimationActive={false}
          />
          {rows
            .filter(({ anomalies }) => anomalies.length > 0)
            .map((row) => (
              <ReferenceDot key={row.start} x={row.start} y={top(row)} ifOverflow="extendDomain" shape={AnomalyMark} />
            ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Where the bar's drawing ends. */
const top = (row: ChartRow) => row.lengths.reduce<number>((height, part) => height + Math.max(0, part ?? 0), 0);
const bottom = (row: ChartRow) => row.lengths.reduce<number>((depth, part) => depth + Math.min(0, part ?? 0), 0);

/** A triangle over the day, as everywhere for what wants attention. */
function AnomalyMark({ cx = 0, cy = 0 }: { cx?: number; cy?: number }) {
  return <path d={`M${cx - 5} ${cy - 4}h10l-5 -9z`} fill="var(--warn)" stroke="var(--surface)" strokeWidth="1" />;
}
