/**
 * What the cost room tells its doors: plain data that crosses the wire through superjson (Dates stay Dates). Days are UTC,
 * `2026-11-24`; the end of a range is exclusive. Amounts are dollars as decimal strings with two decimals, and displayed
 * parts sum to their displayed total. Null is what was not read, never a zero.
 */
export type { CostMetric, CostGranularity, CompareWith } from "./input";
export type * from "./views/summary";
export type * from "./views/freshness";
export type * from "./views/trends";
export type * from "./views/forecast";
export type * from "./views/watch";
export type * from "./views/overview";
