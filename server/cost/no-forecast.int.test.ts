import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { costForecast } from "./forecast-service";
import { forecastInput } from "./input";
import { addDays, dayOf } from "./range";
import { refreshDueCosts } from "./refresh";
import { costFreshness } from "./refresh-service";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");
const today = dayOf(new Date());

const forecast = () => costForecast(ada, forecastInput.parse({}));
const readAgain = async () => {
  await forTenant(ada.tenantId, async (tx) => {
    await tx.forecast.deleteMany();
    await tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } });
  });
  await refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
};

describe("a forecast that could not be made", () => {
  beforeAll(async () => {
    await connect(ada, aws, "200000000002");
  });

  it("of AWS's own says what AWS said", async () => {
    await aws.fault({ kind: "tooLittleHistory", operation: "GetCostForecast", times: 1 });
    await readAgain();
    expect((await costFreshness(ada, {})).accounts).toMatchObject([{ state: "fresh" }]);
    expect((await forecast()).aws).toMatchObject({
      days: null,
      reason:
        "AWS has too little history of Account 200000000002 to forecast from (DataUnavailableException). It takes some weeks.",
    });

    await aws.fault({ kind: "denied", operation: "GetCostForecast", times: 1 });
    await readAgain();
    expect((await forecast()).aws.reason).toBe(
      "AWS refused to forecast Account 200000000002 (AccessDeniedException). Add ce:GetCostForecast to its role.",
    );

    await forTenant(ada.tenantId, (tx) => tx.costLedger.updateMany({ data: { askedAt: new Date(0) } }));
    expect((await forecast()).aws.reason).toBe("AWS was not asked lately to forecast Account 200000000002.");
    await readAgain();
    expect((await forecast()).aws.reason).toBeNull();
  }, 240_000);

  it("of ours says how many days it lacks", async () => {
    const days = (since: number) =>
      forTenant(ada.tenantId, (tx) =>
        tx.costDay.deleteMany({ where: { date: { lt: new Date(addDays(today, since)) } } }),
      );
    await days(-5);
    const settled = await forTenant(ada.tenantId, (tx) => tx.costDay.count({ where: { isEstimated: false } }));
    expect(settled).toBeGreaterThan(1);
    expect(await forecast()).toMatchObject({
      days: [],
      monthEnd: null,
      confidence: null,
      reason: `A forecast takes 7 settled days; ${settled} were read so far.`,
    });
  });
});
