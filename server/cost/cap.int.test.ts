import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { summaryInput } from "./input";
import { refreshDueCosts } from "./refresh";
import { costFreshness, costLedger, setCap } from "./refresh-service";
import { costSummary } from "./service";

useDatabase();
const aws = useSimulatedAws({ limits: "off" });
const ada = person("user_ada");
let accountId: string;

const workCosts = () =>
  refreshDueCosts({ deadline: performance.now() + 200_000, signal: new AbortController().signal });
const state = async () => (await costFreshness(ada, {})).accounts[0]!;
const makeDue = () => forTenant(ada.tenantId, (tx) => tx.costRefresh.updateMany({ data: { dueAt: new Date(0) } }));
/** As if a month had gone by: what was asked was asked in it, and what was read half-way is too old to go on with. */
const passAMonth = () =>
  forTenant(
    ada.tenantId,
    (tx) => tx.$executeRaw`
      with asked as (update "CostLedger" set "askedAt" = "askedAt" - interval '40 days')
      update "CostRefresh" set "dueAt" = now(),
        "progress" = jsonb_set("progress", '{readAt}', to_jsonb((now() - interval '40 days')::timestamptz(3)::text))`,
  );

describe("a monthly cap", () => {
  beforeAll(async () => {
    ({ accountId } = await connect(ada, aws, "200000000002"));
  });

  it("of less than a refresh asks for costs spends nothing", async () => {
    await setCap(ada, { accountId, capUsd: "0.02" });
    await workCosts();
    expect(await state()).toMatchObject({ state: "capped", requestsThisMonth: 0 });
    expect((await state()).reason).toMatch(/\$0\.02 is left, and a refresh takes \$0\.03 at least/);
  });

  it("that ended a refresh half-way spends nothing on the same again the month after", async () => {
    await setCap(ada, { accountId, capUsd: "0.05" });
    await workCosts();
    expect(await state()).toMatchObject({ state: "capped", dollarsThisMonth: "0.05" });
    await passAMonth();
    await workCosts();
    expect(await state()).toMatchObject({ state: "capped", requestsThisMonth: 0 });
    expect((await state()).reason).toMatch(/\$0\.05 is left, and a refresh takes \$0\.06 at least/);
  });

  it("is on the ledger also in a month without a request, so that it can be raised there", async () => {
    const { requests, accounts } = await costLedger(ada);
    expect(requests).toBe(0);
    expect(accounts).toMatchObject([{ accountId, requests: 0, dollars: "0.00", capUsd: "0.05" }]);
  });

  it("that leaves no cent for AWS's forecast goes without it, and keeps the costs that were paid for", async () => {
    // Fourteen months are five pages of each of three groupings.
    await setCap(ada, { accountId, capUsd: "0.15" });
    await workCosts();
    expect(await state()).toMatchObject({ state: "fresh", dollarsThisMonth: "0.15" });
    expect((await costSummary(ada, summaryInput.parse({ days: 30 }))).total).not.toBeNull();
    await makeDue();
    await workCosts();
    expect(await state()).toMatchObject({ state: "capped", dollarsThisMonth: "0.15" });
  });
});
