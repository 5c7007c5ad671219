import { beforeAll, describe, expect, it } from "vitest";
import type { CostTruth } from "../../demo/aws/cost-truth";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { pauseAccount, resumeAccount } from "../accounts/service";
import { forTenant } from "../db/client";
import { amount, dollars, sum } from "./money";
import { addDays, dayOf, historyStart, monthStart } from "./range";
import { refreshDueCosts } from "./refresh";
import { costFreshness, costLedger, requestRefresh, setCap } from "./refresh-service";
import { summaryInput, trendsInput } from "./input";
import { costOverview } from "./overview-service";
import { costSummary, costTrends } from "./service";
import { sumMonth } from "./write-queries";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");

const PAYER = "100000000001";
const PRODUCTION = "123456789012";
const today = dayOf(new Date());

const workCosts = (budgetMs = 200_000) =>
  refreshDueCosts({ deadline: performance.now() + budgetMs, signal: new AbortController().signal });
const summaryOf = (input: object) => costSummary(ada, summaryInput.parse(input));
const makeDue = (accountId: string) =>
  forTenant(ada.tenantId, (tx) =>
    tx.costRefresh.update({ where: { accountId }, data: { dueAt: new Date(0), startedAt: new Date(0) } }),
  );

/** What the simulation itself sums of these accounts' days; the end is exclusive. */
function truthOf(truth: CostTruth, accounts: string[], start: string, end: string, metric: 0 | 1 = 0) {
  const amounts = accounts.flatMap((account) =>
    Object.entries(truth.accounts[account] ?? {}).flatMap(([day, told]) =>
      day >= start && day < end ? [told[metric]] : [],
    ),
  );
  return dollars(sum(amounts));
}

/** As many at once as a process has connections to the database, until `count` have been. */
async function atOnce<T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let at = 0; at < count; at += 10)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, of) => work(at + of)))));
  return answers;
}

async function costRequests() {
  const calls = await aws.calls();
  return calls.filter(({ service }) => service === "ce").reduce((total, { count }) => total + count, 0);
}

/** Requests that the connection checks made are not the ledger's: they are none. */
async function asked() {
  const { requests, dollars: paid } = await costLedger(ada);
  return { requests, paid };
}

describe("a payer and its member, both connected", () => {
  let member: string;
  let payer: string;
  beforeAll(async () => {
    // The member comes first, so that its own costs are stored before its payer tells of them too.
    member = (await connect(ada, aws, PRODUCTION)).accountId;
    await workCosts();
    payer = (await connect(ada, aws, PAYER)).accountId;
    await workCosts();
  }, 240_000);

  it("shows each account's day, month and range to the cent, in both metrics", async () => {
    const ranges: [string, string][] = [
      [addDays(today, -1), today],
      [addDays(today, -40), addDays(today, -39)],
      [monthStart(today, -1), monthStart(today)],
      [monthStart(today), addDays(today, 1)],
      [addDays(today, -200), addDays(today, -13)],
      [historyStart(new Date()), addDays(today, 1)],
    ];
    const truth = await aws.costs();
    const accounts = Object.keys(truth.accounts);
    expect(accounts).toHaveLength(5);
    for (const [start, end] of ranges) {
      const all = await summaryOf({ start, end, granularity: "MONTHLY" });
      expect(all.total).toBe(truthOf(truth, accounts, start, end));
      expect(dollars(sum(all.regions!.map((part) => part.amount)))).toBe(all.total);
      for (const account of accounts)
        expect((await summaryOf({ start, end, accountIds: [account] })).total).toBe(
          truthOf(truth, [account], start, end),
        );
      expect((await summaryOf({ start, end, metric: "amortized" })).total).toBe(
        truthOf(truth, accounts, start, end, 1),
      );
    }
  }, 240_000);

  it("counts a month once, also where its payer tells of a part of it alone", async () => {
    const truth = await aws.costs();
    const accounts = Object.keys(truth.accounts);
    const monthly = async () => new Map((await costOverview(ada)).months.map(({ month, amount }) => [month, amount]));
    const lastMonth = monthStart(today, -1);
    const expected = truthOf(truth, accounts, lastMonth, monthStart(today));
    expect((await monthly()).get(lastMonth.slice(0, 7))).toBe(expected);
    // As if the member had joined its payer in the middle of that month: the days before are its own.
    const tell = (firstDay: string, from: string) =>
      forTenant(ada.tenantId, async (tx) => {
        const told = { accountId: payer, awsAccountId: PRODUCTION };
        await tx.costLinked.update({ where: { accountId_awsAccountId: told }, data: { firstDay: new Date(firstDay) } });
        await tx.costEntry.deleteMany({ where: { ...told, date: { gte: new Date(from), lt: new Date(firstDay) } } });
        await sumMonth(tx, { tenantId: ada.tenantId, accountId: payer }, lastMonth);
      });
    await tell(addDays(lastMonth, 12), lastMonth);
    expect((await monthly()).get(lastMonth.slice(0, 7))).toBe(expected);
    expect((await summaryOf({ start: lastMonth, end: monthStart(today) })).total).toBe(expected);
  });

  it("asks the payer alone from then on", async () => {
    await makeDue(member);
    const before = await costRequests();
    await workCosts();
    expect(await costRequests()).toBe(before);
    const { accounts } = await costFreshness(ada, { accountIds: [member] });
    expect(accounts.find(({ accountId }) => accountId === member)).toMatchObject({
      state: "covered",
      coveredBy: { accountId: payer },
    });
  });

  it("counts an account that is not connected, and says so", async () => {
    const { accounts } = await summaryOf({ days: 30 });
    expect(accounts.find(({ awsAccountId }) => awsAccountId === "400000000004")).toMatchObject({
      accountId: null,
      label: "Northwind sandbox",
    });
  });

  it("has every request in the ledger", async () => {
    const { requests, paid } = await asked();
    expect(requests).toBe(await costRequests());
    expect(paid).toBe((requests / 100).toFixed(2));
  });

  it("asks AWS nothing, however many look", async () => {
    const before = await costRequests();
    await atOnce<unknown>(100, (at) =>
      at % 2 ? summaryOf({ days: 7 }) : costTrends(ada, trendsInput.parse({ days: 7 })),
    );
    expect(await workCosts()).toBe(0);
    expect(await costRequests()).toBe(before);
  });

  it("reads once where a hundred ask at once, and only what AWS may have restated", async () => {
    await makeDue(payer);
    const before = await costRequests();
    const answers = await atOnce(100, () => requestRefresh(ada, { accountIds: [payer] }));
    expect(answers.flat().some(({ accountId, isQueued }) => accountId === payer && isQueued)).toBe(true);
    await Promise.all([workCosts(), workCosts(), workCosts()]);
    // Two months are one page of each of three groupings, and the forecast.
    expect((await costRequests()) - before).toBe(4);
    const [again] = (await requestRefresh(ada, { accountIds: [payer] })).filter(({ accountId }) => accountId === payer);
    expect(again).toMatchObject({ isQueued: false });
    expect(again!.reason).toMatch(/in this half of the UTC day/);
  });

  it("keeps what a restated day was, and shows by how much it moved", async () => {
    const yesterday = addDays(today, -1);
    const before = (await summaryOf({ start: yesterday, end: today })).total!;
    expect((await summaryOf({ days: 3 })).restated).toEqual([]);
    await aws.passDays(1);
    await makeDue(payer);
    await workCosts();
    const { total, restated, series } = await summaryOf({ start: yesterday, end: today });
    const truth = await aws.costs();
    expect(total).toBe(truthOf(truth, Object.keys(truth.accounts), yesterday, today));
    expect(restated).toMatchObject([{ day: yesterday, moved: dollars(amount(total!).minus(before)) }]);
    expect(Number(restated[0]!.moved)).toBeGreaterThan(0);
    expect(series).toMatchObject([{ isEstimated: false, unreadDays: 0 }]);
    // What shows as no cent has not moved.
    const moved = { was: 1, amount: "1.0049", wasAmortized: 1, amortized: "1.0049", restatedAt: new Date() };
    const where = { accountId: payer, awsAccountId: PAYER, date: new Date(addDays(today, -2)), service: "Tax" };
    await forTenant(ada.tenantId, (tx) =>
      tx.costRestatement.create({ data: { tenantId: ada.tenantId, ...where, ...moved } }),
    );
    expect((await summaryOf({ days: 3 })).restated.map(({ day }) => day)).toEqual([yesterday]);
  });

  it("compares with the period before, and says what moved", async () => {
    const trends = await costTrends(ada, trendsInput.parse({ days: 14 }));
    expect(trends.movers.services.up[0]).toMatchObject({ key: "AmazonCloudWatch" });
    expect(trends.change).toMatchObject({ direction: "increase" });
    const truth = await aws.costs();
    expect(trends.current.amount).toBe(truthOf(truth, Object.keys(truth.accounts), addDays(today, -14), today));
  });

  it("compares whole days with whole days, and says where today alone is asked for", async () => {
    const { current, previous, isRunning, change } = await costTrends(
      ada,
      trendsInput.parse({ start: addDays(today, -3) }),
    );
    const days = (start: number, end: number) => ({ start: addDays(today, start), end: addDays(today, end) });
    expect(current.range).toMatchObject(days(-3, 0));
    expect(previous.range).toMatchObject(days(-6, -3));
    expect(isRunning).toBe(false);
    const truth = await aws.costs();
    const told = (from: number, to: number) =>
      truthOf(truth, Object.keys(truth.accounts), addDays(today, from), addDays(today, to));
    expect([current.amount, previous.amount]).toEqual([told(-3, 0), told(-6, -3)]);
    expect(change!.amount).toBe(dollars(amount(told(-3, 0)).minus(told(-6, -3))));
    expect(await costTrends(ada, trendsInput.parse({ start: today }))).toMatchObject({
      current: { range: days(0, 1) },
      previous: { range: days(-1, 0) },
      isRunning: true,
    });
  });

  it("leaves out what a chosen account's payer does not tell, and says why", async () => {
    const summary = await summaryOf({ accountIds: [member], services: ["AWS Lambda"], days: 30 });
    expect(summary.regions).toBeNull();
    expect(summary.regionsReason).toMatch(/whole organisation/);
    expect((await summaryOf({ accountIds: [member], days: 30 })).regions!.length).toBeGreaterThan(1);
  });

  it("believes whoever read a day last: a member that is asked itself while its payer is paused", async () => {
    const day = { start: today, end: addDays(today, 1) };
    const before = (await summaryOf({ ...day, accountIds: [member] })).total!;
    await pauseAccount(ada, { accountId: payer });
    await aws.passDays(1);
    await makeDue(member);
    await workCosts();
    const { total, regions } = await summaryOf({ ...day, accountIds: [member] });
    expect(total).toBe(truthOf(await aws.costs(), [PRODUCTION], day.start, day.end));
    expect(Number(total)).toBeGreaterThan(Number(before));
    expect(dollars(sum(regions!.map((part) => part.amount)))).toBe(total);
    const all = await summaryOf(day);
    expect(dollars(sum(all.regions!.map((part) => part.amount)))).toBe(all.total);
    expect((await costOverview(ada)).months.at(-1)!.amount).toBe((await summaryOf({ start: monthStart(today) })).total);
    await resumeAccount(ada, { accountId: payer });
    await makeDue(payer);
    await workCosts();
    expect((await summaryOf(day)).total).toBe(
      truthOf(await aws.costs(), Object.keys((await aws.costs()).accounts), day.start, day.end),
    );
  });
});

describe("a standalone account", () => {
  const grace = person("user_grace");
  let account: string;
  const state = async () => (await costFreshness(grace, {})).accounts[0]!;
  const due = () =>
    forTenant(grace.tenantId, (tx) =>
      tx.costRefresh.updateMany({ data: { dueAt: new Date(0), startedAt: new Date(0) } }),
    );

  beforeAll(async () => void (account = (await connect(grace, aws, "200000000002")).accountId));

  it("waits for its cap instead of spending, and goes on once it is raised", async () => {
    await setCap(grace, { accountId: account, capUsd: "0.03" });
    await workCosts();
    expect(await state()).toMatchObject({ state: "capped", requestsThisMonth: 3, dollarsThisMonth: "0.03" });
    await setCap(grace, { accountId: account, capUsd: "5" });
    await workCosts();
    expect(await state()).toMatchObject({ state: "fresh", reason: null });
  }, 240_000);

  it("goes on from the page that was read last when its worker ends half-way", async () => {
    await forTenant(grace.tenantId, (tx) => tx.costRefresh.updateMany({ data: { lastSuccessAt: null } }));
    await due();
    await aws.forgetCalls();
    await aws.fault({ kind: "latency", service: "ce", latencyMs: 150 });
    let rounds = 0;
    while ((await workCosts(700)) > 0) rounds += 1;
    expect(rounds).toBeGreaterThan(2);
    // 14 months in pages of 100 days, in three groupings, and the forecast; a call that was cut off is asked again.
    const pages = await forTenant(grace.tenantId, (tx) => tx.costPage.count());
    expect(pages).toBe(0);
    expect(await costRequests()).toBeLessThanOrEqual(16 + rounds);
    expect((await state()).state).toBe("fresh");
  }, 240_000);

  it("is barred where its role may not ask, with the statement to add, and keeps its figures", async () => {
    const before = await costSummary(grace, summaryInput.parse({ days: 30 }));
    await aws.fault({ kind: "denied", service: "ce" });
    await due();
    await workCosts();
    const barred = await state();
    expect(barred).toMatchObject({ state: "barred" });
    expect(barred.statement).toContain("ce:GetCostAndUsage");
    expect((await costSummary(grace, summaryInput.parse({ days: 30 }))).total).toBe(before.total);
  });

  it("says where Cost Explorer was never enabled", async () => {
    await aws.fault({ kind: "neverEnabled", service: "ce" });
    await due();
    await workCosts();
    expect(await state()).toMatchObject({ state: "notEnabled" });
  });

  it("is asked nothing while it is paused", async () => {
    await pauseAccount(grace, { accountId: account });
    await due();
    expect(await workCosts()).toBe(0);
    expect(await state()).toMatchObject({ state: "paused", nextAt: null });
    await resumeAccount(grace, { accountId: account });
  });

  it("is tried again in a moment where AWS does not answer, and each attempt is in the ledger", async () => {
    await aws.forgetCalls();
    await due();
    const { requestsThisMonth } = await state();
    await aws.fault({ kind: "error5xx", service: "ce", times: 3 });
    await workCosts();
    const failing = await state();
    expect(failing).toMatchObject({ state: "failing" });
    expect(failing.requestsThisMonth - requestsThisMonth).toBe(await costRequests());
    expect(failing.nextAt!.getTime() - Date.now()).toBeLessThan(5 * 60_000);
  });
});

describe("an account that AWS knows nothing of yet", () => {
  it("says so, and shows no zero", async () => {
    const joan = person("user_joan");
    await connect(joan, aws, "400000000004");
    await workCosts();
    const summary = await costSummary(joan, summaryInput.parse({ days: 30 }));
    expect(summary.freshness.accounts).toMatchObject([{ state: "noData" }]);
    expect(summary.total).toBeNull();
    expect(summary.series.every((bucket) => bucket.amount === null)).toBe(true);
  });
});

describe("a payer and its members that are due together, the members first", () => {
  const mary = person("user_mary");

  it("are one refresh, the payer's: each member is asked who it is, and no more", async () => {
    const members = [PRODUCTION, "200000000002"];
    const ids: string[] = [];
    for (const account of [...members, PAYER]) ids.push((await connect(mary, aws, account)).accountId);
    await forTenant(mary.tenantId, async (tx) => {
      for (const [at, accountId] of ids.entries())
        await tx.costRefresh.update({ where: { accountId }, data: { dueAt: new Date(at) } });
    });
    await aws.forgetCalls();
    await atOnce(10, () => requestRefresh(mary, {}));
    await Promise.all([workCosts(), workCosts(), workCosts()]);
    const calls = (await aws.calls()).filter(({ service }) => service === "ce");
    expect(calls.filter(({ operation }) => operation === "GetCostForecast")).toMatchObject([
      { account: PAYER, count: 1 },
    ]);
    const countOf = (account: string) => calls.find((call) => call.account === account)!.count;
    expect(members.map(countOf)).toEqual([1, 1]);
    const { freshness, total } = await costSummary(mary, summaryInput.parse({ days: 30 }));
    expect(freshness.accounts.map(({ state }) => state).sort()).toEqual(["covered", "covered", "fresh"]);
    const truth = await aws.costs();
    expect(total).toBe(truthOf(truth, Object.keys(truth.accounts), addDays(today, -30), today));

    // After a halt of days nobody is covered; who its payer is, a member knows then.
    await forTenant(mary.tenantId, (tx) =>
      tx.costRefresh.updateMany({ data: { dueAt: new Date(0), lastSuccessAt: new Date(Date.now() - 40 * 3_600_000) } }),
    );
    await aws.forgetCalls();
    await workCosts();
    const again = (await aws.calls()).filter(({ service }) => service === "ce");
    expect(new Set(again.map(({ account }) => account))).toEqual(new Set([PAYER]));
  }, 240_000);
});

describe("an account of which AWS keeps less than fourteen months", () => {
  it("is read from as early as AWS tells, and says since when", async () => {
    const emmy = person("user_emmy");
    await connect(emmy, aws, "200000000002");
    await aws.fault({ kind: "shortHistory", operation: "GetCostAndUsage", times: 2 });
    await workCosts();
    const since = monthStart(today, -12);
    const { accounts, lastDay } = await costFreshness(emmy, {});
    expect(accounts).toMatchObject([{ state: "fresh", reason: `AWS tells its costs since ${since} only.` }]);
    expect(lastDay).toBe(today);
    const { rows } = await costLedger(emmy);
    const refused = rows.filter(({ failureCode }) => failureCode === "ValidationException");
    expect(refused.filter(({ operation }) => operation === "GetCostAndUsage")).toHaveLength(2);
    const { series, total } = await costSummary(
      emmy,
      summaryInput.parse({ start: historyStart(new Date()), granularity: "MONTHLY" }),
    );
    expect(series.map(({ amount }) => amount === null).slice(0, 3)).toEqual([true, true, false]);
    expect(total).toBe(truthOf(await aws.costs(), ["200000000002"], since, addDays(today, 1)));
  }, 240_000);
});
