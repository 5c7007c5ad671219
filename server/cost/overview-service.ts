import type { RoomContext } from "../context";
import { forTenant } from "../db/client";
import { findAnomalies } from "./anomaly-service";
import { budgetViews } from "./budget-service";
import { byAccountAndService, byMonth } from "./entry-queries";
import { confidence } from "./figures/confidence";
import { monthEndOf } from "./forecast-service";
import { historyOf, monthToDate } from "./history";
import { dollars, sum } from "./money";
import { sumBy } from "./parts";
import { addDays, dayOf, monthStart, previousOf, range } from "./range";
import { sourcesOf } from "./refresh-service";
import { remembered } from "./remembered";
import { knownAccounts, namesOf } from "./scope";
import { change, moversOf } from "./trend";
import type { CostOverview } from "./views";

/** Two years: Cost Explorer itself forgets after fourteen months. */
const MONTHS_BEFORE = 24;
const ANOMALIES_WITHIN_DAYS = 14;

/** Month to date, its likely end, and what moved: the overview page's part. */
export async function costOverview(ctx: RoomContext, now = new Date()): Promise<CostOverview> {
  const today = dayOf(now);
  return forTenant(ctx.tenantId, async (tx) => {
    const all = { awsAccountIds: null, services: null };
    const { freshness, accountIds } = await sourcesOf(tx, null, now);
    const history = await historyOf(tx, all, accountIds, now);
    const costOf = ({ start, end }: { start: string; end: string }) => {
      const read = history.days.filter(({ day }) => day >= start && day < end);
      return read.length > 0 ? sum(read.map((day) => day.amount)) : null;
    };
    const thisMonth = monthStart(today);
    const toDate = monthToDate(history, today);

    // Whole days are compared with whole days; where the month has none yet, the last whole month with the one before.
    const lastWhole = history.days.findLast(({ day, isPartial }) => day < today && !isPartial);
    const whole =
      lastWhole && lastWhole.day >= thisMonth
        ? range(thisMonth, addDays(lastWhole.day, 1))
        : range(monthStart(today, -1), thisMonth);
    const before = previousOf(whole, "lastMonth");
    const [later, earlier] = [costOf(whole), costOf(before)];
    const services = async (period: { start: string; end: string }) =>
      sumBy(
        // Of the same accounts: one that is read no longer has saved nothing.
        await byAccountAndService(tx, {
          ...{ awsAccountIds: history.awsAccountIds, services: null },
          ...{ range: period, metric: "unblended" },
        }),
        ({ service }) => service,
      );

    const months = await byMonth(tx, monthStart(today, -MONTHS_BEFORE));
    const budgets = await budgetViews(tx, now);
    const known = await knownAccounts(tx);
    const since = addDays(today, -ANOMALIES_WITHIN_DAYS);
    const anomalies = await findAnomalies(tx, { known, awsAccountIds: null, since, sourceIds: accountIds }, now);
    const lastMonth = costOf({ start: monthStart(today, -1), end: thisMonth });
    const monthEnd = monthEndOf(history, today);
    return {
      unit: "USD",
      month: today.slice(0, 7),
      monthToDate: toDate && dollars(toDate),
      sameDaysLastMonth: earlier && dollars(earlier),
      change: later && earlier && change(later, earlier),
      lastMonth: lastMonth && dollars(lastMonth),
      monthEnd,
      confidence: monthEnd && remembered("confidence", history.days, confidence).level,
      leftOut: namesOf(known, history.leftOut),
      movers: moversOf(await services(whole), await services(before)),
      months: months.map(({ month, amount }) => ({ month, amount: dollars(amount) })),
      budgets: {
        over: budgets.filter(({ status }) => status === "over").length,
        atRisk: budgets.filter(({ status }) => status === "atRisk").length,
      },
      anomalies: anomalies.filter(({ dismissal }) => !dismissal).length,
      freshness,
    };
  });
}
