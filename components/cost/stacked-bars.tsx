"use client";
import { useXAxisScale, useYAxisScale } from "recharts";
import type { ChartRow } from "./chart-rows";
import { stackedSpans } from "./stacked-spans";

interface StackedBarsProps {
  rows: ChartRow[];
  /** A fill for each layer, the lowest first. */
  fills: string[];
}

/** How much of a day's room its bar takes, and how many pixels at most: a month alone would be a wall. */
const SHARE = 0.64;
const WIDEST = 56;

/** The layers' bars, each layer one shape: recharts' own are two elements a bar, hundreds in a quarter. */
export function StackedBars({ rows, fills }: StackedBarsProps) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!x || !y) return null;
  const spans = stackedSpans(rows.map(({ lengths }) => lengths));
  return fills.map((fill, layer) => {
    const bars = rows.map(({ start }, at) => {
      const span = spans[at]?.[layer];
      const [left, right] = [x(start, { position: "start" }), x(start, { position: "end" })];
      if (!span || left === undefined || right === undefined) return "";
      const [top, bottom] = [y(Math.max(...span)), y(Math.min(...span))];
      if (top === undefined || bottom === undefined) return "";
      const width = Math.min((right - left) * SHARE, WIDEST);
      const from = (left + right - width) / 2;
      return `M${round(from)} ${round(top)}h${round(width)}V${round(bottom)}h${round(-width)}z`;
    });
    return <path key={layer} d={bars.join("")} fill={fill} stroke="var(--surface)" strokeWidth={0.5} />;
  });
}

const round = (pixels: number) => Math.round(pixels * 100) / 100;
