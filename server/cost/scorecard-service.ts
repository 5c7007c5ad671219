import { setImmediate } from "node:timers/promises";
import type { ClaimedRefresh } from "../db/claim-cost";
import { forTenant, type TenantTx } from "../db/client";
import { byDayAndAccount, daysRead } from "./entry-queries";
import type { DayAmount } from "./figures/days";
import { forecastDaily, type ForecastDay } from "./figures/forecast";
import { score, type KeptForecast } from "./figures/scorecard";
import { groupBy } from "./parts";
import { addDays, dayOf, historyStart } from "./range";
import type { KnownAccount } from "./scope";
import type { CostScore } from "./views";

/** A kept forecast looks so far ahead: a month's end is never farther. */
const KEPT_DAYS = 31;
/** Forecasts are judged for a quarter; what was good a year ago tells little. */
const JUDGED_DAYS = 92;
/** So many accounts of an organisation are forecast and judged each by itself, the dearest. */
const MOST_ACCOUNTS = 25;

/** Today's forecast of one linked account's days, or of everything under "". */
interface MadeForecast {
  awsAccountId: string;
  days: ForecastDay[];
}

/** Makes today's forecast of everything that an account is told of, and of each linked account. */
export async function makeForecasts({ tenantId, accountId }: ClaimedRefresh, now: Date): Promise<MadeForecast[]> {
  const today = dayOf(now);
  const histories = await forTenant(tenantId, (tx) => historiesOf(tx, accountId, historyStart(now), today));
  const made: MadeForecast[] = [];
  for (const [awsAccountId, history] of histories) {
    // The process serves people and must hear that it is to stop: a forecast at a time.
    await setImmediate();
    const days = forecastDaily(history, { from: today, horizonDays: KEPT_DAYS });
    if (days.length > 0) made.push({ awsAccountId, days });
  }
  return made;
}

/** Keeps forecasts to be judged when their days have come. One a day: the day's last refresh counts. */
export async function keepForecasts(
  tx: TenantTx,
  { tenantId, accountId }: ClaimedRefresh,
  made: readonly MadeForecast[],
  now: Date,
): Promise<void> {
  const key = { accountId, source: "LOCAL" as const, madeOn: new Date(dayOf(now)) };
  await tx.forecast.deleteMany({ where: key });
  await tx.forecast.createMany({
    data: made.map(({ awsAccountId, days }) => ({
      ...key,
      tenantId,
      awsAccountId,
      days: days.map((day) => ({ ...day })),
    })),
  });
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
  const actual = new Map<string, (DayAmount & { accountId: string })[]>();
  for (const accountId of new Set(kept.map((forecast) => forecast.accountId)))
    for (const [awsAccountId, days] of await historiesOf(tx, accountId, since, dayOf(now)))
      actual.set(
        `${accountId} ${awsAccountId}`,
        days.map((day) => ({ ...day, accountId: "" })),
      );

  const scores = [];
  for (const [key, forecasts] of groupBy(
    kept,
    ({ source, accountId, awsAccountId }) => `${source} ${accountId} ${awsAccountId}`,
  )) {
    const { source, accountId, awsAccountId } = forecasts[0]!;
    const [result] = score(forecasts.flatMap(keptDays), actual.get(key.slice(source.length + 1)) ?? []);
    if (!result) continue;
    const { judged, pending, hitRate, wape } = result;
    const name = awsAccountId
      ? known.find((account) => account.awsAccountId === awsAccountId)?.name
      : `All of ${known.find((account) => account.accountId === accountId)?.name}`;
    scores.push({
      source,
      awsAccountId: awsAccountId || null,
      name: name ?? awsAccountId,
      judged,
      pending,
      hitRate,
      wape,
    });
  }
  return scores;
}

/** Each day of a kept forecast is judged by itself. */
function keptDays({ madeOn, days }: { madeOn: Date; days: unknown }): KeptForecast[] {
  // Only this file and `writeRefresh` write the column.
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
