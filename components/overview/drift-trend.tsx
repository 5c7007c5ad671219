"use client";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { TrendDay } from "@/server/drift/views";

const series: { key: keyof Omit<TrendDay, "day">; name: string; fill: string }[] = [
  { key: "drifted", name: "Drifted", fill: "var(--bad)" },
  { key: "other", name: "Partly checked or ignored", fill: "var(--warn)" },
  { key: "inSync", name: "In sync", fill: "var(--ok)" },
  // Stands back from what is known, and is still seen at night.
  { key: "notChecked", name: "Not checked", fill: "color-mix(in oklab, var(--line), var(--line-strong))" },
];

const dayText = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });
const shortDay = (day: string) => dayText.format(new Date(`${day}T00:00:00Z`));

/** How many stacks had drifted, day by day, of all there are. */
export function DriftTrend({ trend }: { trend: TrendDay[] }) {
  return (
    <figure>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
        <span>Stacks by day, 30 days, UTC</span>
        {series.map(({ key, name, fill }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: fill }} />
            {name}
          </span>
        ))}
      </figcaption>
      <div aria-hidden className="mt-2 h-36">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={trend}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            barCategoryGap={2}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              tickFormatter={shortDay}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: "var(--line-strong)" }}
              minTickGap={40}
            />
            <YAxis width={28} allowDecimals={false} tickCount={3} tick={tick} tickLine={false} axisLine={false} />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              labelFormatter={(day) => shortDay(String(day))}
              contentStyle={tooltipStyle}
              isAnimationActive={false}
            />
            {series.map(({ key, name, fill }) => (
              <Bar key={key} dataKey={key} name={name} stackId="stacks" fill={fill} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <div className="sr-only">
        <table>
          <caption>Stacks by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trend.map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                {series.map(({ key }) => (
                  <td key={key}>{day[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

const tick = { fontSize: 11, fill: "var(--faint)" };
const tooltipStyle = {
  background: "var(--raised)",
  border: "1px solid var(--line)",
  borderRadius: 6,
  fontSize: 12,
  color: "var(--ink)",
};
