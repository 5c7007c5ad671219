/** Pure: what is billed on the same day of every month (an RI fee, a support plan, a credit), told apart from daily use. */
import { DAY_MS, type DailySeries } from "./days";
import { mean, median, spread } from "./robust";

export interface MonthlyFees {
  /** What is to be expected on top of daily use on the day `at`, an index of the series, beyond its end too; 0 on most. */
  on(at: number): number;
  /** The series as it would be without the fees. */
  without: number[];
}

/** How far from daily use, in its own spreads, a day must lie to be taken for a fee. */
const FEE_SPREADS = 6;
/** The same in its own mean distances, which are large where most days cost nothing and some do. */
const FEE_MEANS = 4;

/**
 * A place in the month (the 1st to the 28th, or counted from its end) carries a fee when the last two or three times lay outside
 * daily use on the same side, alike in size. One that did not come the last time has ended.
 */
export function monthlyFees({ firstDay, values }: DailySeries): MonthlyFees {
  const first = Date.parse(firstDay);
  const daily = values.map((_, at) => usual(values, at));
  const excess = values.map((value, at) => value - daily[at]!);
  const recent = excess.slice(-90);
  const least = Math.max(FEE_SPREADS * spread(recent), FEE_MEANS * mean(recent.map(Math.abs)), 1e-6);
  const byPlace = new Map<number, number[]>();
  values.forEach((_, at) => {
    for (const place of placesOf(first + at * DAY_MS)) byPlace.set(place, [...(byPlace.get(place) ?? []), at]);
  });

  const fees = new Map<number, number>();
  const feeDays = new Set<number>();
  for (const [place, at] of [...byPlace].sort(([a], [b]) => order(a) - order(b))) {
    const last = at.slice(-3).filter((each) => !feeDays.has(each));
    const sizes = last.map((each) => excess[each]!);
    const size = median(sizes);
    if (last.length < 2 || !sizes.every((each) => each * size > 0 && Math.abs(each) > least)) continue;
    if (!sizes.every((each) => Math.abs(each) > Math.abs(size) / 3 && Math.abs(each) < Math.abs(size) * 3)) continue;
    fees.set(place, size);
    for (const each of at) if (Math.abs(excess[each]!) > least && excess[each]! * size > 0) feeDays.add(each);
  }
  return {
    on: (at) => placesOf(first + at * DAY_MS).reduce((sum, place) => sum + (fees.get(place) ?? 0), 0),
    without: values.map((value, at) => (feeDays.has(at) ? daily[at]! : value)),
  };
}

/** What the same weekday cost one and two weeks before and after. */
function usual(values: readonly number[], at: number): number {
  return median([-14, -7, 7, 14].flatMap((step) => values[at + step] ?? []));
}

/** The month's end comes first: in a month of 28 days the 28th is both. */
const order = (place: number) => (place < 0 ? place - 100 : place);

/** The day of the month, 1 to 28, and -1 to -3 for the last three. */
function placesOf(time: number): number[] {
  const fromStart = new Date(time).getUTCDate();
  const places = fromStart <= 28 ? [fromStart] : [];
  if (fromStart >= 26)
    for (const fromEnd of [1, 2, 3]) if (new Date(time + fromEnd * DAY_MS).getUTCDate() === 1) places.push(-fromEnd);
  return places;
}
