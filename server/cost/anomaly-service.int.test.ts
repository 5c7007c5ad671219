import { describe, expect, it } from "vitest";
import { UNITS_PER_DOLLAR } from "../../demo/aws/costs";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { costAnomalies } from "./anomaly-service";
import { anomaliesInput, summaryInput } from "./input";
import { addDays, dayOf } from "./range";
import { refreshDueCosts } from "./refresh";
import { costSummary } from "./service";

const today = dayOf(new Date());
const world = sizedWorld({ accounts: 3, resources: 0 });
const [payer, dormant, busy] = [...world.accounts.keys()];
const charge = (account: string, daysAgo: number, amount: bigint) => ({
  ...{ account, service: "Amazon Elastic Compute Cloud - Compute", region: "us-east-1", recordType: "Tax" as const },
  ...{ day: addDays(today, -daysAgo), amount, days: 1 },
});
world.today = new Date(today);
world.payer = payer!;
world.charges = [
  ...[3, 2].map((daysAgo) => charge(dormant!, daysAgo, 3_000n * UNITS_PER_DOLLAR)),
  // An account that costs something every day says which days were read of all.
  ...Array.from({ length: 100 }, (_, at) => charge(busy!, at, 100n * UNITS_PER_DOLLAR)),
];

useDatabase();
const aws = useSimulatedAws({ limits: "off", world: () => world });

describe("an account that cost nothing for a year and then begins", () => {
  const runaway = { service: "Amazon Elastic Compute Cloud - Compute", firstDay: addDays(today, -3), over: "6000.00" };

  it.each([
    ["itself", () => dormant!],
    ["its payer", () => payer!],
  ])("is an anomaly at once, told by %s", async (teller, account) => {
    const ctx = person(`user told by ${teller}`);
    await connect(ctx, aws, account());
    await refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
    const { anomalies } = await costAnomalies(ctx, anomaliesInput.parse({}));
    expect(anomalies.filter(({ awsAccountId }) => awsAccountId === dormant)).toMatchObject([runaway]);
    expect(anomalies.filter(({ awsAccountId }) => awsAccountId === busy)).toEqual([]);
  });
});

describe("a restatement of less than half a cent", () => {
  const ctx = person("user_restated");
  const restated = async (daysAgo: number) =>
    (await costSummary(ctx, summaryInput.parse({ start: addDays(today, -daysAgo), end: addDays(today, 1 - daysAgo) })))
      .restated;
  const work = () => refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });

  it("is not shown, and one of a cent is", async () => {
    await connect(ctx, aws, busy!);
    await work();
    world.charges!.push(charge(busy!, 10, UNITS_PER_DOLLAR / 1_000n), charge(busy!, 11, UNITS_PER_DOLLAR / 100n));
    world.daysPassed += 1;
    await forTenant(ctx.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
    await work();
    expect(await restated(10)).toEqual([]);
    expect(await restated(11)).toMatchObject([{ moved: "0.01" }]);
  });
});

describe("what was found before", () => {
  const ctx = person("user_again");
  const found = async () => (await costAnomalies(ctx, anomaliesInput.parse({}))).anomalies;

  it("is found anew once costs are written", async () => {
    await connect(ctx, aws, dormant!);
    const work = () => refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
    await work();
    const [before] = await found();
    expect(await found()).toEqual([before]);
    world.charges!.push(charge(dormant!, 1, 9_000n * UNITS_PER_DOLLAR));
    world.daysPassed += 1;
    await forTenant(ctx.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
    await work();
    const after = await found();
    expect(Number(after[0]!.over)).toBeGreaterThan(Number(before!.over));
  });
});
