/** Pure: how far a forecast of this series can be trusted, as its own past shows. */
import { backtest } from "./backtest";
import type { DayAmount } from "./days";

export interface Confidence {
  level: "low" | "medium" | "high";
  /** One sentence for a person: what was tried and how it went. */
  because: string;
  /** What the levels mean, in a sentence. */
  definition: string;
  /** The backtest's error of months' ends, as a share of what came; null where it could not be made. */
  wape: number | null;
  /** How many past forecasts that is of. */
  tried: number;
}

/** At most this far off, on average, the rest of a month may have been. Fewer trials than these prove nothing. */
const HIGH = { wape: 0.05, tried: 6 };
const MEDIUM = { wape: 0.15, tried: 3 };

/** Defined by the backtest of this very history: the forecast of the month's end made again from past days, against what came. */
export function confidence(history: readonly DayAmount[]): Confidence {
  const { monthEnd } = backtest(history, { horizonDays: 1, origins: 12, stepDays: 23 });
  const { wape, compared: tried } = monthEnd;
  if (wape === null || tried < MEDIUM.tried) {
    const because = "Low: there is too little history to try the forecast on its own past.";
    return { level: "low", because, definition, wape, tried };
  }
  const level = isWithin(HIGH) ? "high" : isWithin(MEDIUM) ? "medium" : "low";
  const off = wape < 0.001 ? "less than 0.1%" : `${(wape * 100).toFixed(1)}%`;
  const because = `${capital(level)}: made again from ${tried} past days, the rest of the month was off by ${off} on average.`;
  return { level, because, definition, wape, tried };

  function isWithin(bound: { wape: number; tried: number }) {
    return wape !== null && wape <= bound.wape && tried >= bound.tried;
  }
}

const boundText = ({ wape, tried }: { wape: number; tried: number }) =>
  `at most ${wape * 100}% on average, in at least ${tried} past forecasts`;
const definition = `High: off by ${boundText(HIGH)}; medium: off by ${boundText(MEDIUM)}; else low.`;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
