import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { billedAndForecast } from "./figures/billed-and-forecast";
import { confidence } from "./figures/confidence";
import type { DayAmount } from "./figures/days";
import { forecastDaily, LEAST_HISTORY_DAYS, type ForecastDay } from "./figures/forecast";
import { monthEnd } from "./figures/month-end";
import { historyOf } from "./history";
import type { ForecastInput } from "./input";
import { amount, dollars, sum } from "./money";
import { addDays, dayOf, daysBetween } from "./range";
import { forecastEnd } from "./refresh-plan";
import { sourcesOf } from "./refresh-service";
import { wholeTellers } from "./regions";
import { remembered } from "./remembered";
import { knownAccounts, resolveScope, type ResolvedScope } from "./scope";
import { scorecard } from "./scorecard-service";
import type { CostEstimate, CostForecastDay, CostForecastView, CostMonthEnd } from "./views";

/** What the coming days will cost, AWS's own word beside it, and how earlier forecasts have done. */
export async function costForecast(
  ctx: RoomContext,
  input: ForecastInput,
  now = new Date(),
): Promise<CostForecastView> {
  const today = dayOf(now);
  return forTenant(ctx.tenantId, async (tx) => {
    const known = await knownAccounts(tx);
    const scope = await resolveScope(tx, input, known);
    const { freshness, accountIds } = await sourcesOf(tx, scope.awsAccountIds, now);
    const history = await historyOf(tx, scope, accountIds, now);
    const horizonDays = input.horizonDays ?? daysBetween(today, forecastEnd(today));
    const days = forecastDaily(history, { from: today, horizonDays });
    return {
      unit: "USD",
      level: 80,
      days: days.map(shown),
      reason: days.length > 0 ? null : `A forecast takes ${LEAST_HISTORY_DAYS} settled days; fewer were read.`,
      monthEnd: monthEndOf(history, today),
      confidence: days.length > 0 ? remembered("confidence", history, confidence) : null,
      aws: await awsForecast(tx, scope, history, today),
      scorecard: await scorecard(tx, known, now),
      freshness,
    };
  });
}

/** The running month's end with its interval; null where the history is too short. */
export function monthEndOf(history: DayAmount[], today: string): CostMonthEnd | null {
  const end = remembered(`month end ${today}`, history, (days) => monthEnd(days, { today }));
  if (!end) return null;
  const { month, actual, estimate, low, high } = end;
  // The displayed rest is what is missing to the displayed estimate.
  const rest = amount(dollars(estimate)).minus(dollars(actual));
  return {
    month,
    actual: dollars(actual),
    rest: dollars(rest),
    mean: dollars(estimate),
    low: dollars(low),
    high: dollars(high),
  };
}

/** AWS's own forecast of these accounts, where it was asked for just these and all of their services. */
async function awsForecast(
  tx: TenantTx,
  { awsAccountIds, services }: ResolvedScope,
  history: DayAmount[],
  today: string,
): Promise<CostForecastView["aws"]> {
  const none = (reason: string) => ({ days: null, monthEnd: null, reason, madeAt: null });
  if (services) return none("AWS is asked for a forecast of all services together.");
  const tellers = await wholeTellers(tx, awsAccountIds);
  if (!tellers) return none("AWS is asked for a forecast of a whole organisation, not of chosen accounts of it.");
  const made = await tx.forecast.findMany({
    where: { source: "AWS", accountId: { in: tellers }, madeOn: { gte: new Date(addDays(today, -2)) } },
    orderBy: { madeOn: "desc" },
    distinct: ["accountId"],
  });
  if (made.length === 0 || made.length < tellers.length)
    return none("AWS has made no forecast lately: it takes some weeks of history.");
  // Only `keepForecasts` writes the column.
  const days = sumDays(made.map((forecast) => forecast.days as unknown as ForecastDay[])).filter(
    ({ day }) => day >= today,
  );
  const monthEnd = billedAndForecast(days, history, today);
  return {
    days: days.map(shown),
    monthEnd: monthEnd && shownEstimate(monthEnd),
    reason: null,
    madeAt: dayOf(made[0]!.madeOn),
  };
}

/** Several accounts' forecasts added up. Their bounds too, as if all erred the same way: the widest that it can be. */
function sumDays(forecasts: ForecastDay[][]): ForecastDay[] {
  const [first = [], ...others] = forecasts;
  const all = others.map((days) => new Map(days.map((day) => [day.day, day])));
  return first.flatMap((day) => {
    const same = [day, ...all.flatMap((days) => days.get(day.day) ?? [])];
    if (same.length < forecasts.length) return [];
    const total = (of: (day: ForecastDay) => string) => sum(same.map(of)).toString();
    return [{ day: day.day, mean: total((d) => d.mean), low: total((d) => d.low), high: total((d) => d.high) }];
  });
}

function shown({ day, ...estimate }: ForecastDay): CostForecastDay {
  return { day, ...shownEstimate(estimate) };
}

function shownEstimate({ mean, low, high }: CostEstimate): CostEstimate {
  return { mean: dollars(mean), low: dollars(low), high: dollars(high) };
}
