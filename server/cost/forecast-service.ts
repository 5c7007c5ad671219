import type { RoomContext } from "../context";
import { forTenant, type TenantTx } from "../db/client";
import { billedAndForecast } from "./figures/billed-and-forecast";
import { confidence } from "./figures/confidence";
import { isSettled } from "./figures/days";
import { forecastDaily, type ForecastDay } from "./figures/forecast";
import { monthEnd } from "./figures/month-end";
import { historyOf, type CostHistory } from "./history";
import type { ForecastInput } from "./input";
import { unpackDays, type KeptDays } from "./kept-days";
import { amount, dollars, sum } from "./money";
import { noAwsForecast, tooFewDays } from "./no-forecast";
import { addDays, dayOf, daysBetween } from "./range";
import { forecastEnd } from "./refresh-plan";
import { sourcesOf } from "./refresh-service";
import { wholeTellers } from "./regions";
import { remembered } from "./remembered";
import { accountNamed, knownAccounts, namesOf, resolveScope, type KnownAccount, type ResolvedScope } from "./scope";
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
    const history = await historyOf(tx, scope, accountIds, now, input.metric);
    const horizonDays = input.horizonDays ?? daysBetween(today, forecastEnd(today));
    const days = remembered(`days ${today} ${horizonDays}`, history.days, (settled) =>
      forecastDaily(settled, { from: today, horizonDays }),
    );
    return {
      metric: input.metric,
      unit: "USD",
      level: 80,
      days: days.map(shown),
      reason:
        days.length > 0 ? null : tooFewDays(history.days.filter((day) => day.day < today && isSettled(day)).length),
      monthEnd: monthEndOf(history, today),
      confidence: days.length > 0 ? remembered("confidence", history.days, confidence) : null,
      leftOut: namesOf(known, history.leftOut),
      aws:
        input.metric === "unblended"
          ? await awsForecast(tx, { scope, known, history, today })
          : noneOfAws("AWS is asked for a forecast of unblended cost alone."),
      ...(await scorecard(tx, known, scope.awsAccountIds, now)),
      freshness,
    };
  });
}

/** The running month's end with its interval; null where the history is too short. */
export function monthEndOf({ days, leftOutThisMonth }: CostHistory, today: string): CostMonthEnd | null {
  const end = remembered(`month end ${today}`, days, (days) => monthEnd(days, { today }));
  if (!end) return null;
  const withLeftOut = (exact: string) => dollars(amount(exact).plus(leftOutThisMonth));
  const [actual, mean] = [withLeftOut(end.actual), withLeftOut(end.estimate)];
  return {
    month: end.month,
    actual,
    // The displayed rest is what is missing to the displayed estimate.
    rest: dollars(amount(mean).minus(actual)),
    mean,
    low: withLeftOut(end.low),
    high: withLeftOut(end.high),
    estimatedDays: end.estimatedDays,
    estimatedAmount: dollars(end.estimatedAmount),
  };
}

/** AWS's own forecast of these accounts, where it was asked for just these and all of their services. */
async function awsForecast(
  tx: TenantTx,
  {
    scope,
    known,
    history,
    today,
  }: { scope: ResolvedScope; known: KnownAccount[]; history: CostHistory; today: string },
): Promise<CostForecastView["aws"]> {
  if (scope.services) return noneOfAws("AWS is asked for a forecast of all services together.");
  const whole = await wholeTellers(tx, scope.awsAccountIds);
  if (!whole) return noneOfAws("AWS is asked for a forecast of a whole organisation, not of chosen accounts of it.");
  // Not of those that their payer tells of: it forecasts their costs with its own.
  const tellers = history.tellers.filter((accountId) => whole.includes(accountId));
  const made = await tx.forecast.findMany({
    where: { source: "AWS", accountId: { in: tellers }, madeAt: { gte: new Date(addDays(today, -2)) } },
    orderBy: { madeAt: "desc" },
    distinct: ["accountId"],
  });
  const without = tellers.filter((id) => !made.some(({ accountId }) => accountId === id));
  if (tellers.length === 0) return noneOfAws("No costs have been read yet that AWS could forecast.");
  if (without.length > 0) {
    const reasons = await Promise.all(
      without.slice(0, MOST_REASONS).map((id) => lackOf(tx, accountNamed(known, id, ""), today)),
    );
    return noneOfAws(
      [...reasons, ...(made.length > 0 ? ["The forecasts of the others are not the whole."] : [])].join(" "),
    );
  }
  // Only `keepForecasts` writes the column.
  const days = sumDays(made.map((forecast) => unpackDays(forecast.days as unknown as KeptDays))).filter(
    ({ day }) => day >= today,
  );
  const monthEnd = billedAndForecast(days, history.days, today);
  const withLeftOut = (exact: string) => amount(exact).plus(history.leftOutThisMonth).toString();
  return {
    days: days.map(shown),
    monthEnd:
      monthEnd &&
      shownEstimate({
        mean: withLeftOut(monthEnd.mean),
        low: withLeftOut(monthEnd.low),
        high: withLeftOut(monthEnd.high),
      }),
    reason: null,
    madeAt: dayOf(made[0]!.madeAt),
  };
}

/** So many accounts are named of those that AWS has made no forecast of. */
const MOST_REASONS = 3;

async function lackOf(tx: TenantTx, { awsAccountId, name }: KnownAccount, today: string): Promise<string> {
  const asked = await tx.costLedger.findFirst({
    where: { awsAccountId, operation: "GetCostForecast", askedAt: { gte: new Date(addDays(today, -2)) } },
    orderBy: { askedAt: "desc" },
  });
  return noAwsForecast(name, asked?.failureCode);
}

const noneOfAws = (reason: string) => ({ days: null, monthEnd: null, reason, madeAt: null });

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
