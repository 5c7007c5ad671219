/** Pure: what the days after a series are expected to cost: level, trend, weekly rhythm and monthly fees. */
import { addDays, type DailySeries } from "./days";
import { levelAndTrend } from "./level-and-trend";
import { monthlyFees } from "./monthly-fees";
import { weeklyRhythm } from "./weekly-rhythm";

/** Dollars of the `horizonDays` days after the series' last. Never negative where the series never was. */
export function expectedDays(series: DailySeries, horizonDays: number): number[] {
  const { firstDay, values } = latest(series);
  const fees = monthlyFees({ firstDay, values });
  const rhythm = weeklyRhythm(fees.without);
  const floor = Math.min(0, ...series.values);
  return levelAndTrend(rhythm.flattened, horizonDays).map((level, ahead) => {
    const at = values.length + ahead;
    return Math.max(floor, rhythm.shape(level, at) + fees.on(at));
  });
}

/** Half a year: enough for five of every monthly fee; what is older says little of the coming weeks. */
const DAYS_LEARNED_FROM = 182;

function latest({ firstDay, values }: DailySeries): DailySeries {
  const left = Math.max(0, values.length - DAYS_LEARNED_FROM);
  return { firstDay: addDays(firstDay, left), values: values.slice(left) };
}
