/** Pure: days and services outside their own pattern. */

/** What a service cost on a day, in one account. A service without a row on a day that others have cost nothing on it. */
export interface ServiceDay {
  day: string;
  service: string;
  amount: string;
  isEstimated?: boolean;
}

/** Consecutive days on which one service cost more than it should have. `service` and `firstDay` name it. */
export interface Anomaly {
  service: string;
  firstDay: string;
  lastDay: string;
  /** What these days cost, what was to be expected of them, and the difference. Dollars as decimal strings. */
  amount: string;
  expected: string;
  over: string;
  /** AWS may still restate one of the days. */
  isEstimated: boolean;
  days: { day: string; amount: string; expected: string; over: string }[];
}

export interface AnomalyOptions {
  /** Only anomalies whose last day is this or later; what is before is learned from all the same. */
  since?: string;
  /** Dollars over expectation, of the whole anomaly, under which nobody wants to be told. "1" unless told. */
  leastOver?: string;
}

/** The dearest first. A credit is never one, and neither is a fee that comes every month. */
export function anomalies(rows: readonly ServiceDay[], options: AnomalyOptions = {}): Anomaly[] {
  void [rows, options];
  return [];
}
