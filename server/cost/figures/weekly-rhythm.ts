/** Pure: how the days of the week differ from each other. */
import { mean, median } from "./robust";

export interface WeeklyRhythm {
  /** The values with the rhythm taken out. */
  flattened: number[];
  /** An expected level on the day `at` (as an index of the series, beyond its end too), with the rhythm put in. */
  shape(level: number, at: number): number;
}

/** More weeks tell a rhythm more surely, fewer follow a change of it sooner. */
const WEEKS = 10;

/**
 * Each weekday against its own week: a factor where the weeks are all positive, else a difference. Drawn towards none by as much as its
 * weeks disagree (James and Stein's shrinkage), so that noise is not repeated as a rhythm.
 */
export function weeklyRhythm(values: readonly number[]): WeeklyRhythm {
  const centred = values.map((_, at) =>
    at >= 3 && at < values.length - 3 ? mean(values.slice(at - 3, at + 4)) : null,
  );
  const recent = centred.slice(-7 * WEEKS).flatMap((level) => level ?? []);
  const isFactor = recent.length > 0 && Math.min(...recent) > 0.2 * median(recent);
  const byWeekday = Array.from({ length: 7 }, () => [] as number[]);
  for (let at = Math.max(0, values.length - 7 * WEEKS); at < values.length; at += 1) {
    const level = centred[at];
    if (level !== null && level !== undefined)
      byWeekday[at % 7]!.push(isFactor ? values[at]! / level - 1 : values[at]! - level);
  }
  const effects = shrunk(byWeekday);
  const shape = (level: number, at: number) => (isFactor ? level * (1 + effects[at % 7]!) : level + effects[at % 7]!);
  const flattened = values.map((value, at) =>
    isFactor ? value / Math.max(1 + effects[at % 7]!, 0.02) : value - effects[at % 7]!,
  );
  return { flattened, shape };
}

function shrunk(byWeekday: readonly number[][]): number[] {
  const least = Math.min(...byWeekday.map((weeks) => weeks.length));
  if (least < 2) return byWeekday.map(() => 0);
  const effects = byWeekday.map((weeks) => median(weeks));
  const middle = mean(effects);
  const between = mean(effects.map((effect) => (effect - middle) ** 2));
  const within = mean(byWeekday.map((weeks, at) => mean(weeks.map((each) => Math.abs(each - effects[at]!))) ** 2));
  const keep = between === 0 ? 0 : Math.max(0, 1 - (3 * within) / least / between);
  return effects.map((effect) => (effect - middle) * keep);
}
