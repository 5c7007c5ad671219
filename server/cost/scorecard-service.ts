import type { TenantTx } from "../db/client";
import type { ForecastOf, ForecastSource } from "../db/generated/client";
import type { DayAmount } from "./figures/days";
import type { ForecastDay } from "./figures/forecast";
import { score, type KeptForecast } from "./figures/scorecard";
import { unpackDays, type KeptDays } from "./kept-days";
import { addDays, dayOf, monthStart } from "./range";
import type { KnownAccount } from "./scope";
import { historiesOf } from "./told-histories";
import type { CostScore } from "./views";

/** Forecasts are judged for a quarter; what was good a year ago tells little. */
export const JUDGED_DAYS = 92;
/** Lines that are told at once: an organisation may have thousands of accounts. */
const MOST_LINES = 200;

interface Subject {
  tenantId: string;
  accountId: string;
  /** One linked account, or all that `accountId` is told of under "". */
  awsAccountId: string;
  /** What `accountId` was told of it, of the months that are judged at least. */
  history: DayAmount[];
  judgedAt: Date;
}

/** Judges what is kept of one linked account, whoever told of it, or of all that a connected one is told of; in place of its last scores. */
export async function judge(tx: TenantTx, subject: Subject): Promise<void> {
  const { tenantId, accountId, awsAccountId, judgedAt } = subject;
  const since = addDays(dayOf(judgedAt), -JUDGED_DAYS);
  const of = awsAccountId === "" ? { accountId, awsAccountId } : { awsAccountId };
  const kept = await tx.forecast.findMany({
    where: { ...of, madeAt: { gte: new Date(since) } },
    orderBy: { madeAt: "asc" },
  });
  const came = await whatCame(tx, subject, since);
  await tx.forecastScore.deleteMany({ where: of });
  const lineOf = (source: ForecastSource, what: ForecastOf, forecasts: KeptForecast[]) => {
    const scored = score(forecasts, came);
    return scored ? [{ tenantId, accountId, awsAccountId, source, of: what, judgedAt, ...scored }] : [];
  };
  const lines = sources.flatMap((source) => {
    const ofSource = kept.filter((forecast) => forecast.source === source);
    return [
      ...lineOf(source, "DAY", ofSource.flatMap(keptDays)),
      ...lineOf(source, "MONTH_END", ofSource.flatMap(keptMonthEnd)),
    ];
  });
  await tx.forecastScore.createMany({ data: lines });
}

const sources: ForecastSource[] = ["AWS", "LOCAL"];

/**
 * What the days cost that are judged. Where others tell of a linked account too, what it said of itself counts as far as that is settled,
 * and of days that this one does not know or that may still move, what another knows.
 */
async function whatCame(
  tx: TenantTx,
  { accountId, awsAccountId, history, judgedAt }: Subject,
  since: string,
): Promise<DayAmount[]> {
  // A month's end is judged by the whole month.
  const range = { start: monthStart(since), end: addDays(dayOf(judgedAt), 1) };
  const came = new Map(history.flatMap((each) => (each.day >= range.start ? [[each.day, each] as const] : [])));
  const others = await tx.costLinked.findMany({ where: { awsAccountId, accountId: { not: accountId } } });
  for (const other of others) {
    const told = (await historiesOf(tx, other.accountId, range, [awsAccountId])).get(awsAccountId) ?? [];
    for (const day of told) {
      const before = came.get(day.day);
      if (!before || before.isEstimated || (other.isOwn && !day.isEstimated)) came.set(day.day, day);
    }
  }
  return [...came.values()];
}

/** How the kept forecasts of these linked accounts have done (null: of all), AWS's and ours, an account at a time. */
export async function scorecard(
  tx: TenantTx,
  known: KnownAccount[],
  awsAccountIds: string[] | null,
  now: Date,
): Promise<{ scorecard: CostScore[]; scorecardTotal: number }> {
  const scores = await tx.forecastScore.findMany({
    where: { judgedAt: { gte: new Date(addDays(dayOf(now), -JUDGED_DAYS)) } },
    orderBy: [{ source: "asc" }, { of: "asc" }],
  });
  const told = await tx.costLinked.groupBy({ by: ["accountId"], _count: true });
  const alone = new Set(told.flatMap(({ accountId, _count }) => (_count === 1 ? [accountId] : [])));
  const lines = scores.map(({ source, of, accountId, judged, pending, hitRate, wape, ...score }) => {
    // All that an account is told of is itself where it is told of no other.
    const ownId = known.find((account) => account.accountId === accountId)?.awsAccountId ?? null;
    const awsAccountId = score.awsAccountId || (alone.has(accountId) ? ownId : null);
    const asked = awsAccountId ?? ownId;
    const name = known.find((account) => account.awsAccountId === asked)?.name ?? asked ?? accountId;
    const label = awsAccountId ? name : `All of ${name}`;
    return { source, of, awsAccountId, name: label, judged, pending, hitRate, wape };
  });
  const chosen = lines
    .filter(({ awsAccountId }) => !awsAccountIds || (awsAccountId && awsAccountIds.includes(awsAccountId)))
    .sort((a, b) => Number(a.awsAccountId !== null) - Number(b.awsAccountId !== null) || a.name.localeCompare(b.name));
  return { scorecard: chosen.slice(0, MOST_LINES), scorecardTotal: chosen.length };
}

interface Kept {
  madeAt: Date;
  days: unknown;
  monthEnd: unknown;
}

/** Each day of a kept forecast is judged by itself. */
function keptDays({ madeAt, days }: Kept): KeptForecast[] {
  // Only `keepForecasts` writes the column.
  return unpackDays(days as KeptDays).map(({ day, mean, low, high }) => ({
    madeOn: dayOf(madeAt),
    firstDay: day,
    lastDay: day,
    mean,
    low,
    high,
  }));
}

/** The month in which it was made, by its total; what of it was known by then makes no forecast better. */
function keptMonthEnd({ madeAt, monthEnd }: Kept): KeptForecast[] {
  if (!monthEnd) return [];
  const openFrom = dayOf(madeAt);
  const [firstDay, lastDay] = [monthStart(openFrom), addDays(monthStart(openFrom, 1), -1)];
  // Only `keepForecasts` writes the column.
  const { mean, low, high } = monthEnd as Pick<ForecastDay, "mean" | "low" | "high">;
  return [{ madeOn: openFrom, firstDay, lastDay, openFrom, mean, low, high }];
}
