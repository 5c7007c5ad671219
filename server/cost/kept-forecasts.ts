import { setImmediate } from "node:timers/promises";
import type { ClaimedRefresh } from "../db/claim-cost";
import { forTenant, type TenantTx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { billedAndForecast } from "./figures/billed-and-forecast";
import type { DayAmount } from "./figures/days";
import { forecastDaily, type ForecastDay } from "./figures/forecast";
import { monthEnd } from "./figures/month-end";
import { packDays } from "./kept-days";
import { addDays, dayOf, historyStart } from "./range";
import { judge, JUDGED_DAYS } from "./scorecard-service";
import { historiesOf, toldSince } from "./told-histories";

/** A kept forecast looks so far ahead: a month's end is never farther. */
const KEPT_DAYS = 31;
/** Accounts whose histories are in memory at once. */
const READ_AT_ONCE = 100;

/** A forecast of one linked account's days, or of everything under "", and of the end of the month in which it was made. */
interface MadeForecast {
  source: "AWS" | "LOCAL";
  days: ForecastDay[];
  monthEnd: Pick<ForecastDay, "mean" | "low" | "high"> | null;
}

interface Keeping {
  /** AWS's own forecast of everything that the account is told of, where it made one. */
  aws: ForecastDay[] | null;
  /** As of when the costs were read. It tells this refresh's forecasts from those of others. */
  madeAt: Date;
  signal: AbortSignal;
  underFence: (work: (tx: TenantTx) => Promise<void>) => Promise<void>;
}

/**
 * Makes a refresh's forecasts, of all that an account is told of and of each linked account, and keeps them to be judged when their days
 * have come; AWS's own with them. Judges the earlier ones of each. An account a transaction, so that whoever takes over makes those alone
 * that are missing. Throws when `signal` is aborted, and LeaseLost.
 */
export async function keepForecasts(
  { tenantId, accountId }: Pick<ClaimedRefresh, "tenantId" | "accountId">,
  { aws, madeAt, signal, underFence }: Keeping,
): Promise<void> {
  const today = dayOf(madeAt);
  const range = { start: historyStart(madeAt), end: addDays(today, 1) };
  // Where nothing was told of an account for as long as a forecast is judged, there is nothing to forecast.
  const linked = await forTenant(tenantId, (tx) => toldSince(tx, accountId, addDays(today, -JUDGED_DAYS)));
  const kept = await forTenant(tenantId, (tx) =>
    tx.forecast.findMany({ where: { accountId, madeAt }, select: { awsAccountId: true } }),
  );
  const done = new Set(kept.map(({ awsAccountId }) => awsAccountId));
  const left = ["", ...linked].filter((id) => !done.has(id));
  for (let at = 0; at < left.length; at += READ_AT_ONCE) {
    const some = left.slice(at, at + READ_AT_ONCE);
    const histories = await forTenant(tenantId, (tx) => historiesOf(tx, accountId, range, some));
    for (const [awsAccountId, history] of histories) {
      // The process serves people and must hear that it is to stop: a forecast at a time.
      await setImmediate();
      const made: MadeForecast[] = [];
      // All that an account tells of is itself where it tells of no other.
      if (awsAccountId !== "" || linked.length > 1) made.push(...ownForecast(history, today));
      if (awsAccountId === "" && aws) {
        made.push({ source: "AWS", days: aws, monthEnd: billedAndForecast(aws, history, today) });
      }
      await underFence(async (tx) => {
        await tx.forecast.createMany({
          data: made.map(({ source, days, monthEnd }) => ({
            ...{ tenantId, accountId, source, awsAccountId, madeAt },
            days: { ...packDays(days) },
            monthEnd: monthEnd ? { ...monthEnd } : Prisma.DbNull,
          })),
        });
        await judge(tx, { tenantId, accountId, awsAccountId, history, judgedAt: madeAt });
      });
      if (made.length > 0) signal.throwIfAborted();
    }
  }
}

/** Ours, from the day `today` on; none where the history is too short. */
function ownForecast(history: DayAmount[], today: string): MadeForecast[] {
  const days = forecastDaily(history, { from: today, horizonDays: KEPT_DAYS });
  if (days.length === 0) return [];
  const end = monthEnd(history, { today });
  return [{ source: "LOCAL", days, monthEnd: end && { mean: end.estimate, low: end.low, high: end.high } }];
}
