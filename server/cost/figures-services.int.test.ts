import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { costAnomalies, dismissAnomaly, restoreAnomaly } from "./anomaly-service";
import { createBudget, listBudgets, removeBudget, updateBudget } from "./budget-service";
import { exportCosts, exportInput } from "./export";
import { costForecast } from "./forecast-service";
import { anomaliesInput, forecastInput, summaryInput } from "./input";
import { amount, dollars, sum } from "./money";
import { costOverview } from "./overview-service";
import { addDays, dayOf, monthStart } from "./range";
import { refreshDueCosts } from "./refresh";
import { costFreshness, costLedger, requestRefresh, setCap } from "./refresh-service";
import { costSummary } from "./service";
import { unseenSpend } from "./unseen-service";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");
const mallory = person("user_mallory");

const PAYER = "100000000001";
const PRODUCTION = "123456789012";
const today = dayOf(new Date());
let payer: string;

beforeAll(async () => {
  payer = (await connect(ada, aws, PAYER)).accountId;
  await workCosts();
}, 240_000);

const workCosts = () =>
  refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
/** A refresh judges what is kept. */
const readAgain = async () => {
  await forTenant(ada.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
  await workCosts();
};

describe("a month's end", () => {
  const scores = async () =>
    (await costForecast(ada, forecastInput.parse({}))).scorecard.filter(({ of }) => of === "MONTH_END");
  // A month that is settled on any day of this one.
  const month = { start: monthStart(today, -2), end: monthStart(today, -1) };
  const madeOn = addDays(month.start, 9);

  it("is forecast and kept with the days, for each account and by AWS for all", async () => {
    const { monthEnd, aws: theirs } = await costForecast(ada, forecastInput.parse({}));
    const kept = await forTenant(ada.tenantId, (tx) => tx.forecast.findMany({ where: { awsAccountId: "" } }));
    const endOf = (source: string) => kept.find((forecast) => forecast.source === source)!.monthEnd as typeof monthEnd;
    const shownAs = (end: typeof monthEnd) => ({
      mean: dollars(end!.mean),
      low: dollars(end!.low),
      high: dollars(end!.high),
    });
    expect(shownAs(endOf("LOCAL"))).toEqual({ mean: monthEnd!.mean, low: monthEnd!.low, high: monthEnd!.high });
    expect(shownAs(endOf("AWS"))).toEqual(theirs.monthEnd);
    expect(await scores()).toContainEqual(
      expect.objectContaining({ source: "LOCAL", awsAccountId: PRODUCTION, judged: 0, pending: 1, hitRate: null }),
    );
    expect(await scores()).toContainEqual(expect.objectContaining({ source: "AWS", awsAccountId: null, pending: 1 }));
  });

  it("is judged once the whole month is settled, its error against what was still to come", async () => {
    const cost = async (start: string, end: string) =>
      amount((await costSummary(ada, summaryInput.parse({ start, end, accountIds: [PRODUCTION] }))).total!);
    const came = await cost(month.start, month.end);
    const open = await cost(madeOn, month.end);
    const estimate = { mean: came.plus(open.div(10)).toFixed(2), low: came.minus(1).toFixed(2) };
    const kept = (high: string) => ({ ...estimate, high });
    const key = { tenantId: ada.tenantId, accountId: payer, source: "LOCAL" as const, awsAccountId: PRODUCTION };
    const days = { from: null, mean: [], low: [], high: [] };
    await forTenant(ada.tenantId, (tx) =>
      tx.forecast.createMany({
        data: [
          { ...key, madeAt: new Date(madeOn), days, monthEnd: kept(estimate.mean) },
          {
            ...key,
            madeAt: new Date(addDays(madeOn, -1)),
            days,
            monthEnd: { ...kept("0"), mean: came.toFixed(2) },
          },
        ],
      }),
    );
    await readAgain();
    const judged = (await scores()).find(({ awsAccountId }) => awsAccountId === PRODUCTION)!;
    await forTenant(ada.tenantId, (tx) => tx.forecast.deleteMany({ where: { madeAt: { lt: new Date(today) } } }));
    expect(judged).toMatchObject({ judged: 2, hitRate: 0.5 });
    const weight = open.plus(await cost(addDays(madeOn, -1), month.end));
    expect(judged.wape).toBeCloseTo(open.div(10).div(weight).toNumber(), 4);
  });
});

describe("the forecast", () => {
  it("goes from today to the end of the next month, with an interval around each day, and AWS's own beside it", async () => {
    const { days, monthEnd, confidence, aws: theirs, reason } = await costForecast(ada, forecastInput.parse({}));
    expect(reason).toBeNull();
    expect(days[0]!.day).toBe(today);
    expect(days.at(-1)!.day).toBe(addDays(monthStart(today, 2), -1));
    for (const { mean, low, high } of days) {
      expect(amount(low).lte(mean)).toBe(true);
      expect(amount(high).gte(mean)).toBe(true);
    }
    expect(amount(monthEnd!.actual).plus(monthEnd!.rest).equals(monthEnd!.mean)).toBe(true);
    expect(confidence!.because).not.toBe("");
    expect(theirs.days!.map(({ day }) => day)).toEqual(days.map(({ day }) => day));
  });

  it("has none of AWS's for chosen accounts of an organisation, and says why", async () => {
    const { aws: theirs, days } = await costForecast(ada, forecastInput.parse({ accountIds: [PRODUCTION] }));
    expect(days.length).toBeGreaterThan(0);
    expect(theirs).toMatchObject({ days: null });
    expect(theirs.reason).toMatch(/whole organisation/);
  });

  it("is kept for each account, to be judged when its days have come", async () => {
    const { scorecard } = await costForecast(ada, forecastInput.parse({}));
    expect(scorecard).toContainEqual(
      expect.objectContaining({ source: "LOCAL", awsAccountId: PRODUCTION, judged: 0, hitRate: null, wape: null }),
    );
    expect(
      scorecard.find(({ source, awsAccountId }) => source === "AWS" && awsAccountId === null)!.pending,
    ).toBeGreaterThan(27);
    // The same forecasts as if they had been made a fortnight ago: their first days have come.
    await forTenant(
      ada.tenantId,
      (tx) =>
        tx.$executeRaw`
        update "Forecast" set "madeAt" = "madeAt" - interval '14 days',
          "days" = jsonb_set("days", '{from}', to_jsonb((("days"->>'from')::date - 14)::text))`,
    );
    await readAgain();
    const judged = (await costForecast(ada, forecastInput.parse({}))).scorecard.find(
      ({ awsAccountId, of }) => awsAccountId === PRODUCTION && of === "DAY",
    )!;
    expect(judged.judged).toBeGreaterThan(10);
    expect(judged.wape).toBeGreaterThan(0);
    expect(judged.wape).toBeLessThan(0.5);
  });
});

describe("anomalies", () => {
  const find = async () => (await costAnomalies(ada, anomaliesInput.parse({}))).anomalies;

  it("rank the runaway service first, with what it cost over its pattern", async () => {
    const [first] = await find();
    expect(first).toMatchObject({
      service: "AmazonCloudWatch",
      awsAccountId: PRODUCTION,
      accountName: "Northwind production",
    });
    expect(amount(first!.amount).minus(first!.expected).minus(first!.over).abs().lte("0.01")).toBe(true);
  });

  it("are put aside with a reason, and taken up again", async () => {
    const { awsAccountId, service, firstDay } = (await find())[0]!;
    const { dismissalId } = await dismissAnomaly(ada, {
      awsAccountId,
      service,
      firstDay,
      reason: "Debug logging, known",
    });
    expect((await find())[0]!.dismissal).toMatchObject({ id: dismissalId, reason: "Debug logging, known" });
    await restoreAnomaly(ada, { dismissalId });
    expect((await find())[0]!.dismissal).toBeNull();
    await expect(restoreAnomaly(ada, { dismissalId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("budgets", () => {
  it("stand against the month to date and its likely end", async () => {
    const { monthToDate, monthEnd } = await costOverview(ada);
    const between = dollars(amount(monthToDate!).plus(monthEnd!.mean).div(2));
    const of = { scope: "ALL" as const };
    await createBudget(ada, { name: "A roomy", amount: "999999", of });
    await createBudget(ada, { name: "B risky", amount: between, of });
    const { budgetId } = await createBudget(ada, {
      name: "C small",
      amount: "1",
      of: { scope: "SERVICE", service: "AWS Lambda" },
    });
    const { budgets } = await listBudgets(ada);
    expect(budgets.map(({ status }) => status)).toEqual(["ok", "atRisk", "over"]);
    expect(budgets[0]!.actual).toBe(monthToDate);
    expect((await costOverview(ada)).budgets).toEqual({ over: 1, atRisk: 1 });
    await updateBudget(ada, { budgetId, amount: "999999" });
    expect((await listBudgets(ada)).budgets[2]).toMatchObject({ status: "ok", label: "AWS Lambda" });
    await removeBudget(ada, { budgetId });
    expect((await listBudgets(ada)).budgets).toHaveLength(2);
  });

  it("are refused for an account or a service that nothing is known of", async () => {
    const unknown = (of: Parameters<typeof createBudget>[1]["of"]) => createBudget(ada, { name: "x", amount: "1", of });
    await expect(unknown({ scope: "ACCOUNT", awsAccountId: "999999999999" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(unknown({ scope: "SERVICE", service: "Amazon Teleport" })).rejects.toThrow(/Amazon Teleport/);
  });
});

describe("the overview", () => {
  it("agrees with the summary, and shows what moved", async () => {
    const { monthToDate, months, movers, change, freshness } = await costOverview(ada);
    const month = await costSummary(ada, summaryInput.parse({ start: monthStart(today) }));
    expect(monthToDate).toBe(month.total);
    expect(months.at(-1)).toEqual({ month: today.slice(0, 7), amount: month.total });
    expect(months).toHaveLength(15);
    expect(movers.up[0]!.key).toBe("AmazonCloudWatch");
    expect(change).not.toBeNull();
    expect(freshness).toMatchObject({ accountsRead: 1, accountsTotal: 1, isStale: false });
  });
});

describe("unseen spend", () => {
  it("names accounts that are not connected and regions that were never scanned", async () => {
    const { rows } = await unseenSpend(ada, {});
    const whys = new Set(rows.map(({ why }) => why));
    expect(whys.has("accountNotConnected")).toBe(true);
    // Nothing was synced here: every region of the payer is unseen.
    expect(rows.filter(({ why }) => why === "regionNotScanned").every(({ accountId }) => accountId === payer)).toBe(
      true,
    );
    expect(whys.has("regionNotScanned")).toBe(true);
  });
});

describe("the export", () => {
  it("has a line a day, account and service, with all decimals, and sums to the total", async () => {
    const csv = await exportCosts(ada, exportInput(new URLSearchParams("days=30")));
    const lines = csv
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(","));
    const { total } = await costSummary(ada, summaryInput.parse({ days: 30 }));
    expect(dollars(sum(lines.map((cells) => cells.at(-2)!)))).toBe(total);
    expect(lines[0]!.at(-2)).toMatch(/^-?\d+\.\d{10}$/);
  });
});

describe("another tenant", () => {
  it("sees nothing, and is told the same of a foreign id as of a random one", async () => {
    expect((await costSummary(mallory, summaryInput.parse({}))).total).toBeNull();
    expect(await costLedger(mallory)).toMatchObject({ requests: 0, rows: [] });
    const told = async (id: string) => {
      const errors = await Promise.allSettled([
        costSummary(mallory, summaryInput.parse({ accountIds: [id] })),
        costFreshness(mallory, { accountIds: [id] }),
        requestRefresh(mallory, { accountIds: [id] }),
        setCap(mallory, { accountId: id, capUsd: "1" }),
      ]);
      return errors.map((answer) => (answer.status === "rejected" ? String(answer.reason) : "answered"));
    };
    const foreign = await told(payer);
    expect(foreign).toEqual(await told("random"));
    expect(foreign.every((text) => text.includes("was not found"))).toBe(true);
  });
});
