/** Pure: days and services outside their own pattern. */
import Decimal from "decimal.js";
import { addDays, type DayAmount, daysBetween, toDollars, toSeries } from "./days";
import { monthlyFees } from "./monthly-fees";
import { usualDays } from "./usual-days";

/** What a service cost on a day, in one account. A service without a row on a day that others have cost nothing on it. */
export interface ServiceDay extends DayAmount {
  service: string;
}

/** Consecutive days on which one service cost more than it should have. `service` and `firstDay` name it. */
export interface Anomaly {
  service: string;
  firstDay: string;
  lastDay: string;
  /** What these days cost, what was to be expected of them, and the difference, by which they are ranked. Dollars as decimal strings. */
  amount: string;
  expected: string;
  over: string;
  /** AWS may still restate one of the days. */
  isEstimated: boolean;
  days: { day: string; amount: string; expected: string; over: string }[];
}

export interface AnomalyOptions {
  /** The days that were read of the account: on one without a row every service cost nothing. */
  readDays?: readonly { day: string; isEstimated: boolean }[];
  /** Only anomalies whose last day is this or later; what is before is learned from all the same. */
  since?: string;
  /** Dollars over expectation, of the whole anomaly, under which nobody wants to be told. "1" unless told. */
  leastOver?: string;
}

/**
 * The dearest first. A credit is none, a fee that comes every month is none, and a day that AWS may still restate is one only when it is
 * already too dear: it may be too cheap for being incomplete.
 */
export function anomalies(
  rows: readonly ServiceDay[],
  { readDays = [], since = "", leastOver = "1" }: AnomalyOptions = {},
): Anomaly[] {
  return histories(rows, readDays)
    .flatMap(([service, history]) => runs(oddDays(history)).map((days) => toAnomaly(service, days)))
    .filter(({ lastDay, over }) => lastDay >= since && new Decimal(over).gte(leastOver))
    .sort((a, b) => new Decimal(b.over).cmp(a.over) || (a.service < b.service ? -1 : 1));
}

interface OddDay {
  day: string;
  amount: string;
  expected: string;
  isEstimated: boolean;
}

function oddDays(history: readonly DayAmount[]): OddDay[] {
  const byDay = new Map(history.map((each) => [each.day, each]));
  // Days that may be restated are judged like the others; they are only not to be learned from, and they are the last.
  const series = toSeries(
    history.map(({ day, amount }) => ({ day, amount })),
    "9999-12-31",
  );
  const fees = monthlyFees(series);
  const isEstimated = (at: number) => byDay.get(addDays(series.firstDay, at))?.isEstimated === true;
  const usual = usualDays(fees.without, isEstimated);
  return usual.flatMap((each, at) => {
    const read = byDay.get(addDays(series.firstDay, at));
    if (!read || each === null || fees.without[at]! <= each.most) return [];
    const expected = toDollars(each.expected + series.values[at]! - fees.without[at]!);
    return [{ day: read.day, amount: read.amount, expected, isEstimated: isEstimated(at) }];
  });
}

/** Odd days in a row. */
function runs(days: readonly OddDay[]): OddDay[][] {
  const all: OddDay[][] = [];
  for (const each of days) {
    const run = all.at(-1);
    const last = run?.at(-1);
    if (run && last && daysBetween(last.day, each.day) === 1) run.push(each);
    else all.push([each]);
  }
  return all;
}

function toAnomaly(service: string, days: readonly OddDay[]): Anomaly {
  const sum = (amounts: readonly string[]) => amounts.reduce((total, each) => total.plus(each), new Decimal(0));
  const over = ({ amount, expected }: OddDay) => new Decimal(amount).minus(expected).toFixed(10);
  return {
    service,
    firstDay: days[0]!.day,
    lastDay: days.at(-1)!.day,
    amount: sum(days.map(({ amount }) => amount)).toFixed(10),
    expected: sum(days.map(({ expected }) => expected)).toFixed(10),
    over: sum(days.map(over)).toFixed(10),
    isEstimated: days.some((each) => each.isEstimated),
    days: days.map((each) => ({ day: each.day, amount: each.amount, expected: each.expected, over: over(each) })),
  };
}

/** Every service with every day that was read, in the services' order of name. */
function histories(
  rows: readonly ServiceDay[],
  readDays: NonNullable<AnomalyOptions["readDays"]>,
): [service: string, history: DayAmount[]][] {
  const estimated = new Map(readDays.map(({ day, isEstimated }) => [day, isEstimated]));
  const amounts = new Map<string, Map<string, Decimal>>();
  for (const { day, service, amount, isEstimated } of rows) {
    estimated.set(day, (estimated.get(day) ?? false) || isEstimated === true);
    const ofService = amounts.get(service) ?? new Map<string, Decimal>();
    amounts.set(service, ofService.set(day, (ofService.get(day) ?? new Decimal(0)).plus(amount)));
  }
  const days = [...estimated].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...amounts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, ofService]) => [
      service,
      days.map(([day, isEstimated]) => ({ day, amount: ofService.get(day)?.toFixed(10) ?? "0", isEstimated })),
    ]);
}
