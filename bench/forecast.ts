/**
 * The forecast against what came, on generated series: families it was tuned on, families it was not, and awkward ones. It passes where
 * ours beats the seasonal naive forecast and the 80 % interval holds 75 to 85 % of what came, a day and a month's end ahead, on families
 * tuned on and not.
 */
import { type Backtest, backtest, type Merit } from "../server/cost/figures/backtest";
import type { DayAmount } from "../server/cost/figures/days";
import { awkward, history } from "./series/awkward";
import { generate, heldOut, tuned } from "./series/families";

const seed = Number(process.env.SEED ?? 2026);
const seriesEach = Number(process.env.SERIES ?? 3);

const groups = {
  tuned: generated(tuned, seed),
  heldOut: generated(heldOut, seed + 100_000),
  awkward: Object.entries(awkward(seed)).map(([family, days]) => ({ family, days: [days] })),
};

console.log(line("", ["WAPE", "naive", "MASE", "cover80", "", "WAPE", "naive", "MASE", "cover80", "of"]));
console.log(line("family", ["a day, 28 ahead", "", "", "", "|", "the rest of a month", "", "", "", ""]));
const results = Object.entries(groups).map(([group, families]) => {
  const tests = families.flatMap(({ family, days }) => {
    const ofFamily = days.map((each) => backtest(each, { horizonDays: 28, origins: 24, stepDays: 11 }));
    console.log(row(family, ofFamily));
    return ofFamily;
  });
  console.log(row(`= ${group}`, tests));
  const figures = { series: tests.length, daily: pooled(tests, "daily"), monthEnd: pooled(tests, "monthEnd") };
  return [group, figures] as const;
});
const all = Object.fromEntries(results) as Record<keyof typeof groups, (typeof results)[number][1]>;
const { wape, seasonalNaiveWape, mase, coverage80 } = all.heldOut.daily;
const passes = [all.tuned, all.heldOut].every(({ daily, monthEnd }) => isGood(daily) && isGood(monthEnd));
console.log(JSON.stringify({ bench: "forecast", wape, seasonalNaiveWape, mase, coverage80, ...all, passes }));
process.exit(passes ? 0 : 1);

function isGood({ wape, seasonalNaiveWape, coverage80 }: ReturnType<typeof pooled>): boolean {
  if (wape === null || seasonalNaiveWape === null || coverage80 === null) return false;
  return wape < seasonalNaiveWape && coverage80 >= 0.75 && coverage80 <= 0.85;
}

/** WAPE and MASE are the mean over series, so that a dear one counts no more than a cheap one; coverage is of all that was compared. */
function pooled(tests: readonly Backtest[], horizon: keyof Backtest) {
  const merits = tests.map((test) => test[horizon]);
  const compared = merits.reduce((sum, merit) => sum + merit.compared, 0);
  const covered = merits.reduce((sum, merit) => sum + (merit.coverage ?? 0) * merit.compared, 0);
  return {
    wape: meanOf(merits, "wape"),
    seasonalNaiveWape: meanOf(merits, "seasonalNaiveWape"),
    mase: meanOf(merits, "mase"),
    coverage80: compared === 0 ? null : round(covered / compared),
    compared,
  };
}

function meanOf(merits: readonly Merit[], figure: "wape" | "seasonalNaiveWape" | "mase"): number | null {
  const known = merits.flatMap((merit) => merit[figure] ?? []);
  return known.length === 0 ? null : round(known.reduce((sum, value) => sum + value, 0) / known.length);
}

function row(family: string, tests: readonly Backtest[]): string {
  const cells = (["daily", "monthEnd"] as const).flatMap((horizon) => {
    const { wape, seasonalNaiveWape, mase, coverage80, compared } = pooled(tests, horizon);
    return [wape, seasonalNaiveWape, mase, coverage80, horizon === "daily" ? "|" : String(compared)];
  });
  return line(family, cells);
}

function line(first: string, cells: readonly (string | number | null)[]): string {
  const text = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(3) : (cell ?? "—")));
  return first.padEnd(40) + text.map((cell) => cell.padStart(8)).join("");
}

function generated(families: typeof tuned, from: number): { family: string; days: DayAmount[][] }[] {
  return Object.entries(families).map(([family, make], which) => ({
    family,
    days: Array.from({ length: seriesEach }, (_, at) => history(generate(make, from + which * 1000 + at * 17))),
  }));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
