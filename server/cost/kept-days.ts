/** Pure: a kept forecast's days as they are stored, in less than half the room of a day an object. */
import { addDays, daysBetween } from "./figures/days";
import type { ForecastDay } from "./figures/forecast";

/** Dollars of `from` and the days after it; null where a day was not forecast. */
export interface KeptDays {
  from: string | null;
  mean: (string | null)[];
  low: (string | null)[];
  high: (string | null)[];
}

export function packDays(days: readonly ForecastDay[]): KeptDays {
  const byDay = new Map(days.map((each) => [each.day, each]));
  const sorted = [...byDay.keys()].sort();
  const [from, last] = [sorted[0], sorted.at(-1)];
  if (!from || !last) return { from: null, mean: [], low: [], high: [] };
  const all = Array.from({ length: daysBetween(from, last) + 1 }, (_, at) => byDay.get(addDays(from, at)));
  const column = (name: "mean" | "low" | "high") => all.map((day) => day?.[name] ?? null);
  return { from, mean: column("mean"), low: column("low"), high: column("high") };
}

export function unpackDays({ from, mean, low, high }: KeptDays): ForecastDay[] {
  return mean.flatMap((each, at) =>
    from === null || each === null
      ? []
      : [{ day: addDays(from, at), mean: each, low: low[at] ?? each, high: high[at] ?? each }],
  );
}
