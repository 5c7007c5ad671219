/** Pure: series that a forecast must get through: nothing, too little, holes, more credit than use, and an end. */
import type { DayAmount } from "../../server/cost/figures/days";
import { addDays } from "../../server/cost/figures/days";
import { FIRST_DAY, generate, tuned } from "./families";

export function awkward(seed: number): Record<string, DayAmount[]> {
  const weekly = generate(tuned.weekly!, seed);
  const flat = generate(tuned.flat!, seed + 1);
  const credits = generate(tuned.credits!, seed + 2);
  return {
    "nothing at all": history(flat.map(() => 0)),
    "ten weeks old": history(weekly.slice(0, 70)),
    "holes, and a tail that AWS may restate": history(weekly)
      .filter((_, at) => ![40, 41, 42, 200, 305, 306, 410].includes(at))
      .map((day, at, days) => (at < days.length - 3 ? day : { ...day, amount: "0.0100000000", isEstimated: true })),
    "more credit than use": history(credits.map((amount, at) => amount - 1.5 * credits[1]! * (at % 30 === 0 ? 20 : 0))),
    "closed two months ago": history(flat.map((amount, at) => (at < flat.length - 60 ? amount : 0))),
  };
}

export function history(amounts: readonly number[]): DayAmount[] {
  return amounts.map((amount, at) => ({ day: addDays(FIRST_DAY, at), amount: amount.toFixed(10) }));
}
