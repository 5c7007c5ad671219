import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { asSystem, forTenant, type TenantId } from "../db/client";
import { claimUpkeep, settleUpkeep } from "../db/upkeep-queries";
import { tick } from "./tick";
import { workUpkeep } from "./upkeep";

useDatabase();

const tenantId = "org_keeping" as TenantId;
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
const budget = (ms: number) => ({ deadline: performance.now() + ms, signal: new AbortController().signal });
const makeDue = () => asSystem((tx) => tx.$executeRaw`update "Upkeep" set "dueAt" = now(), "leaseUntil" = null`);

function furnish(cellState: "OK" | "RUNNING") {
  return forTenant(
    tenantId,
    async (tx) => {
      const externalId = await tx.externalId.create({
        data: { tenantId, value: `x-${cellState}`, name: "n", awsAccountId: "123456789012", region: "eu-west-1" },
      });
      const user = await tx.user.upsert({ where: { clerkId: tenantId }, create: { clerkId: tenantId }, update: {} });
      const account = await tx.awsAccount.create({
        data: {
          tenantId,
          userId: user.id,
          awsAccountId: cellState === "OK" ? "123456789012" : "210987654321",
          roleArn: "arn",
          externalIdId: externalId.id,
          name: cellState,
          region: "eu-west-1",
        },
      });
      const cell = await tx.scanCell.create({
        data: { tenantId, accountId: account.id, region: "eu-west-1", type: "AWS::EC2::Instance", state: cellState },
      });
      const resource = (nativeId: string, goneAt: Date | null, state: string | null) => ({
        ...{
          tenantId,
          accountId: account.id,
          cellId: cell.id,
          type: cell.type,
          region: "eu-west-1",
          nativeId,
          goneAt,
          state,
        },
        ...{ sortName: nativeId, facts: {}, config: {}, searchText: nativeId, hash: "h" },
      });
      await tx.resource.createMany({
        data: [
          resource("i-live", null, "running"),
          resource("i-young", daysAgo(89), "running"),
          resource("i-old", daysAgo(91), "running"),
          resource("i-stateless", daysAgo(400), null),
        ],
      });
      await tx.resourceRollup.createMany({
        data: [
          { tenantId, cellId: cell.id, region: "eu-west-1", state: "running", live: 1, gone: 2 },
          { tenantId, cellId: cell.id, region: "eu-west-1", state: "", live: 0, gone: 1 },
        ],
      });
      await tx.syncRun.createMany({
        data: [daysAgo(399), daysAgo(401)].map((finishedAt) => ({
          ...{ tenantId, accountId: account.id, finishedAt },
          ...{ trigger: "SCHEDULE" as const, state: "COMPLETE" as const },
        })),
      });
      return { accountId: account.id, cellId: cell.id };
    },
    { clerkUserId: tenantId },
  );
}

const kept = ({ accountId, cellId }: { accountId: string; cellId: string }) =>
  forTenant(tenantId, async (tx) => ({
    resources: (await tx.resource.findMany({ where: { cellId }, orderBy: { nativeId: "asc" } })).map(
      (row) => row.nativeId,
    ),
    gone: (await tx.resourceRollup.findMany({ where: { cellId }, orderBy: { state: "asc" } })).map((row) => row.gone),
    runs: await tx.syncRun.count({ where: { accountId } }),
  }));

describe("the daily upkeep", () => {
  it("deletes what has been kept long enough, and takes it off the counts", async () => {
    const place = await furnish("OK");
    expect(await tick({ budgetMs: 10_000 })).toBe(1);
    expect(await kept(place)).toEqual({ resources: ["i-live", "i-young"], gone: [0, 1], runs: 1 });
  });

  it("deletes old events, ledger lines and detections, and keeps the one that a stack rests on", async () => {
    const { old, current } = await forTenant(tenantId, async (tx) => {
      const account = await tx.awsAccount.findFirstOrThrow();
      const resource = await tx.resource.findFirstOrThrow();
      const of = { tenantId, accountId: account.id };
      await tx.auditEvent.createMany({
        data: [daysAgo(399), daysAgo(401)].map((at) => ({
          ...{ tenantId, at, clerkUserId: "u", action: "accounts.check", detail: {}, requestId: "r" },
        })),
      });
      await tx.costLedger.createMany({
        data: [daysAgo(399), daysAgo(401)].map((askedAt) => ({
          ...{
            tenantId,
            askedAt,
            awsAccountId: "123456789012",
            operation: "o",
            purpose: "p",
            requests: 1,
            dollars: 0.01,
          },
        })),
      });
      await tx.cloudFormationStack.create({ data: { id: resource.id, ...of } });
      const job = () =>
        tx.driftDetectionJob.create({
          data: {
            ...{ ...of, stackId: resource.id, region: "eu-west-1", status: "DETECTION_COMPLETE", dueAt: null },
            completedAt: daysAgo(401),
          },
        });
      const [old, current] = [await job(), await job()];
      await tx.cloudFormationStack.update({ where: { id: resource.id }, data: { detectionId: current.id } });
      return { old: old.id, current: current.id };
    });
    await makeDue();
    expect(await workUpkeep(budget(5_000))).toBe(1);
    const left = await forTenant(tenantId, async (tx) => ({
      events: await tx.auditEvent.count(),
      ledger: await tx.costLedger.count(),
      detections: (await tx.driftDetectionJob.findMany()).map(({ id }) => id),
    }));
    expect(left).toEqual({ events: 1, ledger: 1, detections: [current] });
    expect(left.detections).not.toContain(old);
  });

  it("deletes days of costs that no page shows any more, and leaves their months' sums", async () => {
    const midnight = (days: number) => new Date(daysAgo(days).toISOString().slice(0, 10));
    await forTenant(tenantId, async (tx) => {
      const { id: accountId, awsAccountId } = await tx.awsAccount.findFirstOrThrow();
      const cost = { tenantId, accountId, awsAccountId, unit: "USD" };
      await tx.costEntry.createMany({
        data: [799, 802].flatMap((days) =>
          (["SERVICE_ACCOUNT", "SERVICE_REGION"] as const).map((grouping) => ({
            ...{ ...cost, grouping, date: midnight(days), service: "s", region: "", amount: 1, amortized: 1 },
          })),
        ),
      });
      const [startDate, endDate] = [midnight(830), midnight(800)];
      await tx.costSummary.create({
        data: {
          ...{ ...cost, startDate, endDate, granularity: "MONTHLY" },
          ...{ totalAmount: 1, amortizedAmount: 1, topServices: [] },
        },
      });
    });
    await makeDue();
    expect(await workUpkeep(budget(5_000))).toBe(1);
    const left = await forTenant(tenantId, async (tx) => [
      (await tx.costEntry.findMany()).map(({ date }) => date),
      await tx.costSummary.count(),
    ]);
    expect(left).toEqual([[midnight(799), midnight(799)], 1]);
  });

  it("deletes ExternalIds that nobody came back with, and retired ones, of whoever they were issued to", async () => {
    const left = "org_of_second_thoughts" as TenantId;
    const issued = (value: string, days: number, more: object = {}) => ({
      ...{ tenantId: left, value, name: "n", awsAccountId: "123456789012", region: "eu-west-1" },
      ...{ issuedAt: daysAgo(days), ...more },
    });
    await forTenant(left, (tx) =>
      tx.externalId.createMany({
        data: [
          issued("forgotten", 91),
          issued("young", 89),
          issued("in-use", 500, { usedAt: daysAgo(499) }),
          issued("retired", 500, { usedAt: daysAgo(499), retiredAt: daysAgo(91) }),
          issued("just-retired", 500, { usedAt: daysAgo(499), retiredAt: daysAgo(89) }),
        ],
      }),
    );
    await makeDue();
    expect(await workUpkeep(budget(5_000))).toBe(1);
    const kept = await forTenant(left, (tx) => tx.externalId.findMany({ orderBy: { value: "asc" } }));
    expect(kept.map(({ value }) => value)).toEqual(["in-use", "just-retired", "young"]);
    expect(await forTenant(tenantId, (tx) => tx.externalId.count({ where: { account: { isNot: null } } }))).toBe(1);
  });

  it("comes to a tenant that has disconnected its last account, too", async () => {
    const left = "org_without_accounts" as TenantId;
    const ended = (completedAt: Date) => ({
      ...{ tenantId: left, region: "eu-west-1", status: "CANCELLED" as const, failureKind: "disconnected" },
      ...{ completedAt, dueAt: null },
    });
    await forTenant(left, (tx) =>
      tx.driftDetectionJob.createMany({ data: [ended(daysAgo(399)), ended(daysAgo(401))] }),
    );
    await makeDue();
    expect(await workUpkeep(budget(5_000))).toBe(1);
    expect(await forTenant(left, (tx) => tx.driftDetectionJob.count())).toBe(1);
  });

  it("is done once a day, however many ask", async () => {
    expect(await workUpkeep(budget(5_000))).toBe(0);
    await makeDue();
    const worked = await Promise.all(Array.from({ length: 5 }, () => workUpkeep(budget(5_000))));
    expect(worked.sort()).toEqual([0, 0, 0, 0, 1]);
  });

  it("leaves a cell alone that is being scanned: the scan knows its counts", async () => {
    const place = await furnish("RUNNING");
    await makeDue();
    expect(await workUpkeep(budget(5_000))).toBe(1);
    expect((await kept(place)).resources).toEqual(["i-live", "i-old", "i-stateless", "i-young"]);
  });

  it("hands the day's work back when its budget ends, and finishes with the next", async () => {
    await makeDue();
    expect(await workUpkeep(budget(-1))).toBe(0);
    expect(await workUpkeep(budget(5_000))).toBe(1);
  });

  it("is not settled by one who has lost it", async () => {
    await makeDue();
    const first = await claimUpkeep();
    await makeDue();
    const second = await claimUpkeep();
    await settleUpkeep(first!, true);
    const [row] = await asSystem(
      (tx) => tx.$queryRaw<{ held: boolean }[]>`select "leaseUntil" > now() as held from "Upkeep"`,
    );
    expect(row).toEqual({ held: true });
    await settleUpkeep(second!, true);
  });
});
