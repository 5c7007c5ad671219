import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { createBudget, listBudgets } from "./budget-service";
import { costForecast } from "./forecast-service";
import { forecastInput, summaryInput, trendsInput } from "./input";
import { amount, dollars, sum } from "./money";
import { costOverview } from "./overview-service";
import { addDays, dayOf, monthStart } from "./range";
import { refreshDueCosts } from "./refresh";
import { costFreshness } from "./refresh-service";
import { costSummary, costTrends } from "./service";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");

const PAYER = "100000000001";
const PRODUCTION = "123456789012";
const STAGING = "200000000002";
const today = dayOf(new Date());
const thisMonth = monthStart(today);
const TEN_DAYS_AGO = addDays(today, -10);
let production: string;
let staging: string;

const workCosts = () =>
  refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
const totalOf = async (input: object) => (await costSummary(ada, summaryInput.parse(input))).total;
const forecastOf = (input: object) => costForecast(ada, forecastInput.parse(input));
const stateOf = async (id: string) =>
  (await costFreshness(ada, {})).accounts.find(({ accountId }) => accountId === id)!.state;

/** As if `accountId` had told nothing of `awsAccountId` since. */
const forgetSince = (accountId: string, awsAccountId: string, day: string) =>
  forTenant(ada.tenantId, async (tx) => {
    const since = { accountId, date: { gte: new Date(day) } };
    await tx.costEntry.deleteMany({ where: { ...since, awsAccountId } });
    await tx.costLinked.update({
      where: { accountId_awsAccountId: { accountId, awsAccountId } },
      data: { lastDay: new Date(addDays(day, -1)) },
    });
  });

beforeAll(async () => {
  production = (await connect(ada, aws, PRODUCTION)).accountId;
  staging = (await connect(ada, aws, STAGING)).accountId;
  await workCosts();
}, 240_000);

describe("an account that is read no longer", () => {
  beforeAll(async () => {
    await forgetSince(staging, STAGING, TEN_DAYS_AGO);
    await forTenant(ada.tenantId, (tx) =>
      tx.costDay.deleteMany({ where: { accountId: staging, date: { gte: new Date(TEN_DAYS_AGO) } } }),
    );
  });

  it("holds up none of the others: the month has all that was read, its end is estimated without it, and both say so", async () => {
    const { monthToDate, monthEnd, leftOut } = await costOverview(ada);
    expect(monthToDate).toBe(await totalOf({ start: thisMonth }));
    expect(leftOut).toEqual([`Account ${STAGING}`]);
    expect(amount(monthEnd!.mean).gte(monthToDate!)).toBe(true);
    const { monthEnd: ofProduction } = await forecastOf({ accountIds: [PRODUCTION] });
    const read = (await totalOf({ start: thisMonth, accountIds: [STAGING] })) ?? "0";
    // Both are shown in cents.
    expect(amount(monthEnd!.mean).minus(ofProduction!.mean).minus(read).abs().lte("0.01")).toBe(true);
    expect(await forecastOf({})).toMatchObject({ monthEnd, leftOut });
  });

  it("is in no comparison, so that its silence saves nothing", async () => {
    const asked = today === thisMonth ? { start: monthStart(today, -1), end: thisMonth } : { start: thisMonth };
    const { change, movers } = await costOverview(ada);
    const alone = await costTrends(
      ada,
      trendsInput.parse({ ...asked, accountIds: [PRODUCTION], compareWith: "lastMonth" }),
    );
    expect(change).toEqual(alone.change);
    expect(movers).toEqual(alone.movers.services);
    const all = await costTrends(ada, trendsInput.parse({ ...asked, compareWith: "lastMonth" }));
    expect(all).toMatchObject({ change: alone.change, unreadDays: 0, leftOut: [`Account ${STAGING}`] });
    expect(all.movers).toEqual(alone.movers);
  });

  it("is in comparisons of days to whose end it was read", async () => {
    const past = { start: addDays(today, -20), end: TEN_DAYS_AGO };
    const { current, leftOut, unreadDays } = await costTrends(ada, trendsInput.parse(past));
    expect(current.amount).toBe(await totalOf(past));
    expect({ leftOut, unreadDays }).toEqual({ leftOut: [], unreadDays: 0 });
  });

  it("leaves budgets known", async () => {
    await createBudget(ada, { name: "Small", amount: "1", of: { scope: "ALL" } });
    const { budgets } = await listBudgets(ada);
    expect(budgets).toMatchObject([
      { status: "over", actual: await totalOf({ start: thisMonth }), leftOut: [`Account ${STAGING}`] },
    ]);
  });

  it("that was never read is named by budgets as well", async () => {
    await connect(ada, aws, "300000000003");
    const { budgets } = await listBudgets(ada);
    expect(budgets[0]!.leftOut).toEqual([`Account ${STAGING}`, "Account 300000000003"]);
    await forTenant(ada.tenantId, (tx) => tx.awsAccount.deleteMany({ where: { awsAccountId: "300000000003" } }));
  });

  it("has figures of its own as far as it was read", async () => {
    const { days, leftOut } = await forecastOf({ accountIds: [STAGING] });
    expect(days.length).toBeGreaterThan(0);
    expect(leftOut).toEqual([]);
  });
});

describe("a payer that is connected after its members", () => {
  let payer: string;
  beforeAll(async () => {
    payer = (await connect(ada, aws, PAYER)).accountId;
    await workCosts();
  }, 240_000);

  it("covers them at once", async () => {
    expect(await Promise.all([production, staging, payer].map(stateOf))).toEqual(["covered", "covered", "fresh"]);
  });

  it("leaves no member out of a budget that it told of alone, also when it was not read since yesterday", async () => {
    const refreshes = [production, staging, payer];
    const before = await forTenant(ada.tenantId, (tx) => tx.costRefresh.findMany());
    const since = (at: (accountId: string) => Date | null) =>
      forTenant(ada.tenantId, async (tx) => {
        for (const accountId of refreshes)
          await tx.costRefresh.update({ where: { accountId }, data: { lastSuccessAt: at(accountId) } });
      });
    await since((accountId) => (accountId === payer ? new Date(Date.now() - 40 * 3_600_000) : null));
    expect(await stateOf(production)).not.toBe("covered");
    expect((await listBudgets(ada)).budgets[0]!.leftOut).toEqual([]);
    await since((accountId) => before.find((refresh) => refresh.accountId === accountId)!.lastSuccessAt);
  });

  it("has AWS's forecast of all alone, each account in it once", async () => {
    const kept = await forTenant(ada.tenantId, (tx) => tx.forecast.findMany({ where: { source: "AWS" } }));
    expect(kept).toHaveLength(3);
    const ofPayer = kept.find(({ accountId }) => accountId === payer)!.days as { from: string; mean: string[] };
    const { days } = (await forecastOf({})).aws;
    expect(days![0]).toMatchObject({ day: ofPayer.from, mean: dollars(ofPayer.mean[0]!) });
  });

  it("shares a line of the scorecard with what a member's own forecasts came to", async () => {
    const { scorecard } = await forecastOf({});
    const lines = scorecard.map(({ source, of, awsAccountId, name }) => `${source} ${of} ${awsAccountId} ${name}`);
    expect(new Set(lines).size).toBe(lines.length);
    expect(scorecard.flatMap(({ awsAccountId, name }) => (awsAccountId ? [] : name))).toEqual(
      Array(4).fill(`All of Account ${PAYER}`),
    );
    const pending = scorecard.find(
      ({ source, of, awsAccountId }) => source === "LOCAL" && of === "DAY" && awsAccountId === PRODUCTION,
    )!.pending;
    expect(pending).toBeGreaterThan(31);
  });

  it("is forecast in the metric that is asked for; AWS's own is of unblended cost alone", async () => {
    const { metric, monthEnd, aws: theirs } = await forecastOf({ metric: "amortized", accountIds: [PAYER] });
    expect(metric).toBe("amortized");
    const range = { start: monthStart(today), end: today };
    const billed = today === thisMonth ? "0.00" : await totalOf({ ...range, accountIds: [PAYER], metric: "amortized" });
    expect(monthEnd!.actual).toBe(billed);
    // The fee of the month's end is a thirtieth a day there.
    expect(monthEnd!.mean).not.toBe((await forecastOf({ accountIds: [PAYER] })).monthEnd!.mean);
    expect(theirs).toMatchObject({ days: null, reason: expect.stringMatching(/unblended/) as string });
  });

  it("no longer covers a member that it has told nothing of for a week: that is asked itself", async () => {
    await forgetSince(payer, PRODUCTION, TEN_DAYS_AGO);
    await forTenant(ada.tenantId, async (tx) => {
      await tx.costEntry.deleteMany({ where: { accountId: production } });
      await tx.costDay.deleteMany({ where: { accountId: production } });
      await tx.costRefresh.update({ where: { accountId: production }, data: { dueAt: new Date(0) } });
    });
    expect(await stateOf(production)).toBe("fresh");
    await workCosts();
    const truth = (await aws.costs()).accounts[PRODUCTION]!;
    const due = Object.entries(truth).flatMap(([day, [unblended]]) => (day >= TEN_DAYS_AGO ? [unblended] : []));
    expect(await totalOf({ start: TEN_DAYS_AGO, accountIds: [PRODUCTION] })).toBe(dollars(sum(due)));
    expect(await stateOf(production)).toBe("fresh");
  });
});
