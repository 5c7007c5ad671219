/** Pure: where a series without rhythm stands and where it is heading. */
import { sinceLastShift } from "./level-shift";
import { mean, median, spread } from "./robust";

/** Over how many past days, how far apart and how far ahead the models are compared. */
const TRIALS = 24;
const TRIAL_STEP_DAYS = 5;
const TRIAL_HORIZON_DAYS = 28;
/** To which power a model's error counts against it: 2 averages nearly alike, more comes close to taking the best alone. */
const SHARPNESS = 8;

interface Model {
  fit: (values: readonly number[]) => Fitted;
  /** Past trials are few: what follows each turn must have done better than what does not, by this factor, to count as much. */
  doubt: number;
}

/** Level and slope as they stood before each day, and (the last) before the first day to come. */
interface Fitted {
  level: Float64Array;
  slope: Float64Array;
  /** How much of the slope is left a day later: few trends of spend go on for ever. */
  damping: number;
}

/** No single model fits a flat, a growing, a jumping and an intermittent series alike. */
const models: readonly Model[] = [
  { fit: smoothing({ level: 0.02, slope: 0 }), doubt: 1 },
  { fit: smoothing({ level: 0.06, slope: 0 }), doubt: 1.08 },
  { fit: smoothing({ level: 0.15, slope: 0 }), doubt: 1.16 },
  { fit: smoothing({ level: 0.4, slope: 0 }), doubt: 1.28 },
  { fit: smoothing({ level: 0.9, slope: 0 }), doubt: 1.4 },
  { fit: smoothing({ level: 0.2, slope: 0.04 }), doubt: 1.4 },
  { fit: line({ days: 35, damping: 0.97 }), doubt: 1.4 },
  { fit: line({ days: 84, damping: 0.99 }), doubt: 1.16 },
  { fit: line({ days: 168, damping: 0.998 }), doubt: 1.04 },
];

/** The expected level of each coming day: the models averaged, each counting by how well it did lately on this very series. */
export function levelAndTrend(values: readonly number[], horizonDays: number): number[] {
  const { steady, oddADay, isIrregular } = oddDaysApart(values);
  // A run of busy days is no new level where busy days come and go.
  const calm = isIrregular ? steady : steady.slice(sinceLastShift(steady));
  const fitted = models.map(({ fit }) => fit(calm));
  const weights = fitted.map((each, which) => (errorOf(each, calm) * models[which]!.doubt) ** -SHARPNESS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const path = new Array<number>(horizonDays).fill(oddADay);
  fitted.forEach(({ level, slope, damping }, which) => {
    const share = weights[which]! / total;
    let travelled = 0;
    for (let ahead = 0; ahead < horizonDays; ahead += 1) {
      travelled += damping ** (ahead + 1);
      path[ahead]! += (level[calm.length]! + slope[calm.length]! * travelled) * share;
    }
  });
  return path;
}

/** Exponential smoothing (Holt, damped as Gardner and McKenzie do): how fast the level follows, and how fast the slope. */
function smoothing(rates: { level: number; slope: number }) {
  const damping = 0.97;
  return (values: readonly number[]): Fitted => {
    const level = new Float64Array(values.length + 1);
    const slope = new Float64Array(values.length + 1);
    level[0] = median(values.slice(0, 14));
    for (let at = 0; at < values.length; at += 1) {
      // Fast at first, so that the start is soon forgotten.
      const rate = Math.max(rates.level, 1 / (at + 2));
      const carried = level[at]! + damping * slope[at]!;
      level[at + 1] = carried + rate * (values[at]! - carried);
      slope[at + 1] = damping * slope[at]! + rates.slope * (level[at + 1]! - carried);
    }
    return { level, slope, damping };
  };
}

/** The least-squares line through the last `days`, by running sums. */
function line({ days, damping }: { days: number; damping: number }) {
  return (values: readonly number[]): Fitted => {
    const level = new Float64Array(values.length + 1);
    const slope = new Float64Array(values.length + 1);
    const sum = new Float64Array(values.length + 1);
    const moment = new Float64Array(values.length + 1);
    for (let end = 1; end <= values.length; end += 1) {
      sum[end] = sum[end - 1]! + values[end - 1]!;
      moment[end] = moment[end - 1]! + values[end - 1]! * (end - 1);
      const count = Math.min(days, end);
      const total = sum[end]! - sum[end - count]!;
      const centre = end - (count + 1) / 2;
      const tilt = moment[end]! - moment[end - count]! - centre * total;
      slope[end] = count < 14 ? 0 : (12 * tilt) / (count * (count * count - 1));
      level[end] = total / count + slope[end]! * ((count - 1) / 2);
    }
    return { level, slope, damping };
  };
}

/** The mean error of days plus that of their sum, so that what is right on most days but wrong in all does not win. */
function errorOf({ level, slope, damping }: Fitted, values: readonly number[]): number {
  const typical = mean(values.slice(-84).map(Math.abs));
  let error = 0;
  let trials = 0;
  for (let end = values.length - TRIAL_STEP_DAYS; end >= 14 && trials < TRIALS; end -= TRIAL_STEP_DAYS) {
    const until = Math.min(values.length, end + TRIAL_HORIZON_DAYS);
    let left = 1;
    let travelled = 0;
    let ofDays = 0;
    let ofSum = 0;
    for (let at = end; at < until; at += 1) {
      left *= damping;
      travelled += left;
      const missed = values[at]! - level[end]! - slope[end]! * travelled;
      ofDays += Math.abs(missed);
      ofSum += missed;
    }
    error += (ofDays + 2 * Math.abs(ofSum)) / (until - end);
    trials += 1;
  }
  return (trials === 0 ? 1 : error / trials) + 1e-3 * typical + 1e-9;
}

/**
 * Single odd days, drawn in to what the days around them allow; a new level stays, as its days are not alone. Where odd days come again
 * and again, what they cost on average belongs to every day to come; where they are many, they are not odd.
 */
function oddDaysApart(values: readonly number[]) {
  const steady = values.map((value, at) => {
    const around = values.slice(Math.max(0, at - 4), at + 5);
    const middle = median(around);
    const reach = 4 * spread(around) + 0.03 * Math.abs(middle);
    return Math.min(Math.max(value, middle - reach), middle + reach);
  });
  const excess = values.slice(-84).map((value, at, recent) => value - steady[values.length - recent.length + at]!);
  const odd = excess.filter((each) => each !== 0).length;
  if (odd > 0.1 * excess.length) return { steady: values, oddADay: 0, isIrregular: true };
  return { steady, oddADay: odd < 3 ? 0 : mean(excess), isIrregular: false };
}
