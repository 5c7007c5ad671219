import { setImmediate } from "node:timers/promises";
import type { ClaimedRefresh } from "../db/claim-cost";
import { forTenant, type TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { byDayAndAccount, daysRead } from "./entry-queries";
import { billedAndForecast } from "./figures/billed-and-forecast";
import type { DayAmount } from "./figures/days";
import { forecastDaily, type ForecastDay } from "./figures/forecast";
import { monthEnd } from "./figures/month-end";
import { score, type KeptForecast, type Score } from "./figures/scorecard";
import { groupBy } from "./parts";
import { addDays, dayOf, historyStart, monthStart } from "./range";
import type { KnownAccount } from "./scope";
import type { CostScore } from "./views";

/** A kept forecast looks so far ahead: a month's end is never farther. */
const KEPT_DAYS = 31;
/** Forecasts are judged for a quarter; what was good a year ago tells little. */
const JUDGED_DAYS = 92;
/** So many accounts of an organisation are forecast and judged each by itself, the dearest. */
const MOST_ACCOUNTS = 25;

/** A forecast of one linked account's days, or of everything under "", and of the end of the month in which it was made. */
interface MadeForecast {
  source: "AWS" | "LOCAL";
  awsAccountId: string;
  madeOn: string;
  days: ForecastDay[];
  monthEnd: Estimate | null;
}

type Estimate = Pick<ForecastDay, "mean" | "low" | "high">;

/** AWS's own forecast of everything that an account is told of. */
export interface AwsForecast {
  days: ForecastDay[];
  madeOn: string;
}

/** Makes today's forecast of everything that an account is told of, and of each linked account; AWS's own with its month's end. */
export async function makeForecasts(
  { tenantId, accountId }: ClaimedRefresh,
  aws: AwsForecast | null,
  now: Date,
): Promise<MadeForecast[]> {
  const today = dayOf(now);
  const histories = await forTenant(tenantId, (tx) => historiesOf(tx, accountId, historyStart(now), today));
  const made: MadeForecast[] = [];
  for (const [awsAccountId, history] of histories) {
    // The process serves people and must hear that it is to stop: a forecast at a time.
    await setImmediate();
    const days = forecastDaily(history, { from: today, horizonDays: KEPT_DAYS });
    if (days.length === 0) continue;
    const end = monthEnd(history, { today });
    const ours = end && { mean: end.estimate, low: end.low, high: end.high };
    made.push({ source: "LOCAL", awsAccountId, madeOn: today, days, monthEnd: ours });
  }
  if (aws) {
    const end = billedAndForecast(aws.days, histories.get("") ?? [], aws.madeOn);
    made.push({ source: "AWS", awsAccountId: "", ...aws, monthEnd: end });
  }
  return made;
}

/** Keeps forecasts to be judged when their days have come. One a day: the day's last refresh counts. */
export async function keepForecasts(
  tx: TenantTx,
  { tenantId, accountId }: ClaimedRefresh,
  made: readonly MadeForecast[],
): Promise<void> {
  for (const ofSource of groupBy(made, ({ source }) => source).values()) {
    const { source, madeOn: day } = ofSource[0]!;
    const madeOn = new Date(day);
    await tx.forecast.deleteMany({ where: { accountId, source, madeOn } });
    await tx.forecast.createMany({
      data: ofSource.map(({ awsAccountId, days, monthEnd }) => ({
        ...{ tenantId, accountId, source, awsAccountId, madeOn },
        days: days.map((day) => ({ ...day })),
        monthEnd: monthEnd ? { ...monthEnd } : Prisma.DbNull,
      })),
    });
  }
}

/** The daily history of all that `accountId` is told of (under ""), and of its dearest linked accounts. */
async function historiesOf(
  tx: TenantTx,
  accountId: string,
  start: string,
  today: string,
): Promise<Map<string, DayAmount[]>> {
  const range = { start, end: addDays(today, 1) };
  const read = await daysRead(tx, range, [accountId]);
  const told = await byDayAndAccount(tx, range, accountId);
  const historyFrom = (rows: { day: string; amount: string }[]): DayAmount[] => {
    const amounts = new Map(rows.map(({ day, amount }) => [day, amount]));
    return read.map(({ day, isEstimated }) => ({ day, isEstimated, amount: amounts.get(day) ?? "0" }));
  };
  const byAccount = [...groupBy(told, ({ awsAccountId }) => awsAccountId)];
  const dearest = byAccount.filter(([id]) => id !== "").sort(([, a], [, b]) => spend(b) - spend(a));
  return new Map([
    ["", historyFrom(told.filter(({ awsAccountId }) => awsAccountId === ""))],
    ...dearest.slice(0, MOST_ACCOUNTS).map(([id, rows]) => [id, historyFrom(rows)] as const),
  ]);
}

/** Only to rank accounts by, so that floats do. */
const spend = (rows: { amount: string }[]) => rows.reduce((total, row) => total + Math.abs(Number(row.amount)), 0);

/** How the kept forecasts have done, AWS's and ours, an account at a time. */
export async function scorecard(tx: TenantTx, known: KnownAccount[], now: Date): Promise<CostScore[]> {
  const since = addDays(dayOf(now), -JUDGED_DAYS);
  const kept = await tx.forecast.findMany({
    where: { madeOn: { gte: new Date(since) } },
    orderBy: [{ source: "asc" }, { awsAccountId: "asc" }, { madeOn: "asc" }],
  });
  const ownIdOf = (accountId: string) => known.find((account) => account.accountId === accountId)?.awsAccountId;
  const alone = new Set<string>();
  const cameOf = new Map<string, Map<string, DayAmount>>();
  for (const accountId of new Set(kept.map((forecast) => forecast.accountId))) {
    // A month's end is judged by the whole month.
    const histories = await historiesOf(tx, accountId, monthStart(since), dayOf(now));
    if (histories.size <= 2) alone.add(accountId);
    for (const [id, days] of histories) {
      const subject = id || accountId;
      const came = cameOf.get(subject) ?? new Map<string, DayAmount>();
      // Where a payer tells of an account that was asked itself too, what it said of itself counts as far as that is settled.
      const isOwnWord = id === ownIdOf(accountId);
      for (const day of days) {
        const before = came.get(day.day);
        if (!before || before.isEstimated || (isOwnWord && !day.isEstimated)) came.set(day.day, day);
      }
      cameOf.set(subject, came);
    }
  }

  // All that an account is told of is itself where it is told of no other: one subject, and one forecast of ours.
  const subjectOf = ({ accountId, awsAccountId }: (typeof kept)[number]) =>
    awsAccountId || (alone.has(accountId) ? (ownIdOf(accountId) ?? accountId) : accountId);
  const judged = kept.filter(
    ({ source, accountId, awsAccountId }) => source === "AWS" || awsAccountId || !alone.has(accountId),
  );
  const scores: CostScore[] = [];
  for (const forecasts of groupBy(judged, (forecast) => `${forecast.source} ${subjectOf(forecast)}`).values()) {
    const { source, accountId } = forecasts[0]!;
    const subject = subjectOf(forecasts[0]!);
    const isAll = subject === accountId;
    const came = [...(cameOf.get(subject)?.values() ?? [])].map((day) => ({ ...day, accountId: "" }));
    const name =
      known.find((account) => (isAll ? account.accountId : account.awsAccountId) === subject)?.name ?? subject;
    const of = { source, awsAccountId: isAll ? null : subject, name: isAll ? `All of ${name}` : name };
    const [ofDays] = score(forecasts.flatMap(keptDays), came);
    const [ofMonthEnds] = score(forecasts.flatMap(keptMonthEnd), came);
    if (ofDays) scores.push(scoreOf({ ...of, of: "DAY" }, ofDays));
    if (ofMonthEnds) scores.push(scoreOf({ ...of, of: "MONTH_END" }, ofMonthEnds));
  }
  return scores;
}

function scoreOf(
  of: Pick<CostScore, "source" | "of" | "awsAccountId" | "name">,
  { judged, pending, hitRate, wape }: Score,
): CostScore {
  return { ...of, judged, pending, hitRate, wape };
}

/** Each day of a kept forecast is judged by itself. */
function keptDays({ madeOn, days }: { madeOn: Date; days: unknown }): KeptForecast[] {
  // Only this file writes the column.
  return (days as ForecastDay[]).map(({ day, mean, low, high }) => ({
    accountId: "",
    madeOn: dayOf(madeOn),
    firstDay: day,
    lastDay: day,
    mean,
    low,
    high,
  }));
}

/** The month in which it was made, by its total; what of it was known by then makes no forecast better. */
function keptMonthEnd({ madeOn, monthEnd }: { madeOn: Date; monthEnd: unknown }): KeptForecast[] {
  if (!monthEnd) return [];
  const openFrom = dayOf(madeOn);
  const [firstDay, lastDay] = [monthStart(openFrom), addDays(monthStart(openFrom, 1), -1)];
  // Only this file writes the column.
  const { mean, low, high } = monthEnd as Estimate;
  return [{ accountId: "", madeOn: openFrom, firstDay, lastDay, openFrom, mean, low, high }];
}
