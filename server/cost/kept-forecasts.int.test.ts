import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { costForecast } from "./forecast-service";
import { forecastInput } from "./input";
import { addDays, dayOf, monthStart } from "./range";
import { refreshDueCosts } from "./refresh";
import { costFreshness } from "./refresh-service";
import { removeForecasts } from "./retention-queries";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");

const STAGING = "200000000002";
/** Cost a dollar a day in the months that a refresh leaves as they are. */
const OTHERS = Array.from({ length: 30 }, (_, at) => String(500000000001 + at));
const today = dayOf(new Date());
let accountId: string;

const workCosts = (budgetMs = 200_000) =>
  refreshDueCosts({ deadline: performance.now() + budgetMs, signal: new AbortController().signal });
const makeDue = () => forTenant(ada.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
const keptOf = (awsAccountId: string) =>
  forTenant(ada.tenantId, (tx) =>
    tx.forecast.findMany({ where: { awsAccountId, source: "LOCAL" }, orderBy: { madeAt: "asc" } }),
  );
const requests = async () =>
  (await aws.calls()).filter(({ service }) => service === "ce").reduce((total, { count }) => total + count, 0);

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, STAGING));
  await workCosts();
}, 240_000);

describe("a refresh's forecasts", () => {
  it("are all kept, also where another was made on the same day", async () => {
    await makeDue();
    await workCosts();
    const kept = await keptOf(STAGING);
    expect(kept.map(({ madeAt }) => dayOf(madeAt))).toEqual([today, today]);
    expect(kept[0]!.madeAt < kept[1]!.madeAt).toBe(true);
    const { scorecard, aws: theirs } = await costForecast(ada, forecastInput.parse({}));
    // Of one account alone there is nothing besides it that could be forecast.
    expect(scorecard.map(({ source, of, awsAccountId, pending }) => [source, of, awsAccountId, pending])).toEqual([
      ["AWS", "DAY", STAGING, 2 * theirs.days!.length],
      ["AWS", "MONTH_END", STAGING, 2],
      ["LOCAL", "DAY", STAGING, 62],
      ["LOCAL", "MONTH_END", STAGING, 2],
    ]);
  });

  it("are of every linked account that costs something, however many, and end with the time that they have", async () => {
    const first = monthStart(today, -4);
    const months = Array.from({ length: 80 }, (_, at) => new Date(addDays(first, at)));
    await forTenant(ada.tenantId, async (tx) => {
      const money = { amount: "1", amortized: "1", unit: "USD" };
      const entry = { tenantId: ada.tenantId, accountId, grouping: "SERVICE_ACCOUNT" as const, region: "" };
      await tx.costEntry.createMany({
        data: OTHERS.flatMap((awsAccountId) =>
          months.map((date) => ({ ...entry, ...money, awsAccountId, date, service: "Tax" })),
        ),
      });
      await tx.costLinked.createMany({
        data: OTHERS.map((awsAccountId) => ({
          ...{ tenantId: ada.tenantId, accountId, awsAccountId, isOwn: false },
          ...{ firstDay: months[0]!, lastDay: new Date(addDays(today, -1)) },
        })),
      });
    });
    await makeDue();
    const before = await requests();
    let rounds = 0;
    while ((await workCosts(400)) > 0) rounds += 1;
    expect(rounds).toBeGreaterThan(2);
    const kept = await Promise.all(["", ...OTHERS, STAGING].map(keptOf));
    const last = (await keptOf(STAGING)).at(-1)!.madeAt;
    for (const ofAccount of kept)
      expect(ofAccount.filter(({ madeAt }) => madeAt.getTime() === last.getTime())).toHaveLength(1);
    // One page of each grouping and the forecast, once, but for calls that the time's end cut off.
    expect((await requests()) - before).toBeLessThanOrEqual(4 + rounds);
    expect((await costFreshness(ada, {})).accounts).toMatchObject([{ state: "fresh", asOf: last }]);
    const { scorecard, scorecardTotal } = await costForecast(ada, forecastInput.parse({}));
    expect(new Set(scorecard.map(({ awsAccountId }) => awsAccountId))).toEqual(new Set([null, ...OTHERS, STAGING]));
    expect(scorecardTotal).toBe(scorecard.length);
    const ofOne = await costForecast(ada, forecastInput.parse({ accountIds: [OTHERS[0]] }));
    expect(new Set(ofOne.scorecard.map(({ awsAccountId }) => awsAccountId))).toEqual(new Set([OTHERS[0]]));
  }, 240_000);

  it("are deleted when they have been kept long enough", async () => {
    const before = (await keptOf(STAGING))[1]!.madeAt;
    const removed = await forTenant(ada.tenantId, (tx) => removeForecasts(tx, before, 1_000));
    // Ours and AWS's of the first refresh.
    expect(removed).toBe(2);
    expect(await keptOf(STAGING)).toHaveLength(2);
  });
});
