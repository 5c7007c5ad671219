import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { claimAccounts, claimScanCells } from "./claim";
import { claimCostRefreshes } from "./claim-cost";
import { claimDriftJobs, claimEndedRules, claimSchedules } from "./claim-drift";
import { asSystem, assertRowSecurityBinds, forTenant, type SystemTx, type TenantId, type TenantTx } from "./client";
import { driftFromSchema } from "./migrate";

useDatabase();

const ours = "tenant_ours" as TenantId;
const theirs = "tenant_theirs" as TenantId;

/** An account with one due cell and one resource, made as `tenantId`. */
function furnish(tenantId: TenantId) {
  return forTenant(
    tenantId,
    async (tx) => {
      const user = await tx.user.create({ data: { clerkId: tenantId, email: null } });
      const externalId = await tx.externalId.create({
        data: { tenantId, value: `x-${tenantId}`, name: "n", awsAccountId: "123456789012", region: "us-east-1" },
      });
      const account = await tx.awsAccount.create({
        data: {
          tenantId,
          userId: user.id,
          awsAccountId: "123456789012",
          roleArn: "arn",
          externalIdId: externalId.id,
          name: tenantId,
          region: "us-east-1",
          syncDueAt: new Date(0),
        },
      });
      const run = await tx.syncRun.create({ data: { tenantId, accountId: account.id, trigger: "MANUAL" } });
      const cell = await tx.scanCell.create({
        data: {
          tenantId,
          accountId: account.id,
          region: "us-east-1",
          type: "AWS::EC2::Instance",
          state: "QUEUED",
          dueAt: new Date(0),
          syncRunId: run.id,
        },
      });
      const { id: resourceId } = await tx.resource.create({
        data: {
          tenantId,
          accountId: account.id,
          cellId: cell.id,
          type: cell.type,
          nativeId: "i-1",
          sortName: "i-1",
          region: "us-east-1",
          facts: {},
          config: {},
          searchText: "i-1",
          hash: "h",
        },
      });
      await tx.resourceRollup.create({
        data: { tenantId, cellId: cell.id, region: "us-east-1", state: "", live: 1, gone: 0 },
      });
      const ofAccount = { tenantId, accountId: account.id };
      const cells = { cells: 1, cellsRead: 1, cellsCounted: 1, cellsFailing: 0, cellsUntagged: 0 };
      await tx.accountRollup.create({
        data: { ...ofAccount, ...cells, dimension: "type", value: cell.type, live: 1, gone: 0 },
      });
      await tx.cloudFormationStack.create({ data: { id: resourceId, ...ofAccount } });
      await tx.driftLane.create({ data: { ...ofAccount, region: "us-east-1" } });
      const job = await tx.driftDetectionJob.create({
        data: { ...ofAccount, stackId: resourceId, region: "us-east-1", dueAt: new Date(0) },
      });
      await tx.stackDriftResult.create({
        data: { tenantId, detectionId: job.id, resourceLogicalId: "A", resourceType: "T", driftStatus: "IN_SYNC" },
      });
      await tx.schedule.create({ data: { ...ofAccount, dueAt: new Date(0) } });
      await tx.ignoreRule.create({
        data: { ...ofAccount, reason: "noise", createdBy: tenantId, dueAt: new Date(0) },
      });
      await furnishCosts(tx, tenantId, account.id);
      return { account, cell };
    },
    { clerkUserId: tenantId },
  );
}

/** One row of each table about costs. */
async function furnishCosts(tx: TenantTx, tenantId: TenantId, accountId: string) {
  const date = new Date("2026-11-24");
  const owner = { tenantId, accountId };
  const awsAccountId = "123456789012";
  const money = { amount: "1", amortized: "1" };
  await tx.costRefresh.create({ data: { ...owner, dueAt: new Date(0) } });
  await tx.costEntry.create({
    data: {
      ...owner,
      ...money,
      grouping: "SERVICE_ACCOUNT",
      date,
      awsAccountId,
      service: "s",
      region: "",
      unit: "USD",
    },
  });
  await tx.costSummary.create({
    data: {
      ...owner,
      awsAccountId,
      startDate: date,
      endDate: date,
      granularity: "MONTHLY",
      totalAmount: "1",
      amortizedAmount: "1",
      unit: "USD",
      topServices: [],
    },
  });
  await tx.costDay.create({ data: { ...owner, date, isEstimated: false, readAt: date } });
  await tx.costLinked.create({ data: { ...owner, awsAccountId, isOwn: true, firstDay: date, lastDay: date } });
  await tx.costRestatement.create({
    data: { ...owner, ...money, awsAccountId, date, service: "s", was: "0", wasAmortized: "0", restatedAt: date },
  });
  await tx.costPage.create({ data: { ...owner, step: "FORECAST", page: 0, body: {} } });
  await tx.costLedger.create({
    data: { tenantId, awsAccountId, askedAt: date, operation: "o", purpose: "p", requests: 1, dollars: "0.01" },
  });
  await tx.forecast.create({ data: { ...owner, source: "AWS", awsAccountId: "", madeAt: date, days: [] } });
  await tx.forecastScore.create({
    data: { ...owner, source: "AWS", of: "DAY", awsAccountId: "", judgedAt: date, judged: 0, pending: 1 },
  });
  await tx.budget.create({ data: { tenantId, name: "b", scope: "ALL", amount: "1" } });
  await tx.dismissal.create({
    data: { tenantId, awsAccountId, service: "s", firstDay: date, reason: "r", clerkUserId: tenantId },
  });
}

describe("tenants", () => {
  it("see and change nothing of each other, on every table, even when a query names no tenant", async () => {
    await furnish(ours);
    const { account } = await furnish(theirs);
    await forTenant(ours, async (tx) => {
      const tables = [
        tx.awsAccount,
        tx.externalId,
        tx.syncRun,
        tx.scanCell,
        tx.resource,
        tx.resourceRollup,
        tx.accountRollup,
        tx.cloudFormationStack,
        tx.driftLane,
        tx.driftDetectionJob,
        tx.stackDriftResult,
        tx.schedule,
        tx.ignoreRule,
        tx.costRefresh,
        tx.costEntry,
        tx.costSummary,
        tx.costDay,
        tx.costLinked,
        tx.costRestatement,
        tx.costPage,
        tx.costLedger,
        tx.forecast,
        tx.forecastScore,
        tx.budget,
        tx.dismissal,
      ] as unknown as { findMany(): Promise<{ tenantId: string }[]> }[];
      for (const table of tables) expect((await table.findMany()).map(({ tenantId }) => tenantId)).toEqual([ours]);
      expect(await tx.awsAccount.updateMany({ where: { id: account.id }, data: { name: "taken" } })).toEqual({
        count: 0,
      });
      expect(await tx.resource.deleteMany({ where: { accountId: account.id } })).toEqual({ count: 0 });
      expect(await tx.user.findMany()).toEqual([]);
    });
  });

  it("cannot write a row in another tenant's name", async () => {
    const write = forTenant(ours, (tx) =>
      tx.externalId.create({
        data: { tenantId: theirs, value: "forged", name: "n", awsAccountId: "123456789012", region: "us-east-1" },
      }),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it("are kept apart in a hundred transactions at once", async () => {
    const seen = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        forTenant(i % 2 ? ours : theirs, (tx) => tx.awsAccount.findMany({ select: { tenantId: true } })),
      ),
    );
    seen.forEach((rows, i) => expect(rows).toEqual([{ tenantId: i % 2 ? ours : theirs }]));
  });
});

describe("the system role", () => {
  it("claims due rows of every tenant, and a second claim finds none", async () => {
    expect((await claimScanCells(10)).map(({ tenantId, fence }) => [tenantId, fence]).sort()).toEqual([
      [ours, 1],
      [theirs, 1],
    ]);
    expect(await claimScanCells(10)).toEqual([]);
    expect(await claimAccounts(10)).toHaveLength(2);
    expect(await claimAccounts(10)).toEqual([]);
    expect((await claimCostRefreshes(10)).map(({ tenantId, fence }) => [tenantId, fence]).sort()).toEqual([
      [ours, 1],
      [theirs, 1],
    ]);
    expect(await claimCostRefreshes(10)).toEqual([]);
  });

  it("claims drift jobs, schedules and ended rules of every tenant once", async () => {
    for (const claim of [claimDriftJobs, claimSchedules, claimEndedRules]) {
      const claimed = await claim(10);
      expect(claimed.map(({ tenantId, fence }) => [tenantId, fence]).sort()).toEqual([
        [ours, 1],
        [theirs, 1],
      ]);
      expect(await claim(10)).toEqual([]);
    }
  });

  it("reads no customer's data", async () => {
    for (const query of [
      (tx: SystemTx) => tx.$queryRaw`select * from "StackDriftResult"`,
      (tx: SystemTx) => tx.$queryRaw`select "reason" from "IgnoreRule"`,
      (tx: SystemTx) => tx.$queryRaw`select "failureReason" from "DriftDetectionJob"`,
      (tx: SystemTx) => tx.$queryRaw`select "coverage" from "CloudFormationStack"`,
    ])
      await expect(asSystem(query)).rejects.toThrow(/permission denied/);
    await expect(asSystem((tx) => tx.$queryRaw`select "roleArn" from "AwsAccount"`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(asSystem((tx) => tx.$queryRaw`select * from "Resource"`)).rejects.toThrow(/permission denied/);
    await expect(asSystem((tx) => tx.$queryRaw`select * from "CostEntry"`)).rejects.toThrow(/permission denied/);
    await expect(asSystem((tx) => tx.$queryRaw`select "progress" from "CostRefresh"`)).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe("the database", () => {
  it("keeps the moment that it was given, whatever the server's time zone", async () => {
    const moment = new Date("2026-11-24T12:00:00.000Z");
    const [row] = await forTenant(ours, async (tx) => {
      await tx.awsAccount.updateMany({ data: { checkedAt: moment } });
      return tx.$queryRaw<
        { epoch: number; checkedAt: Date }[]
      >`select extract(epoch from "checkedAt")::float8 as epoch, "checkedAt" from "AwsAccount"`;
    });
    expect(row).toEqual({ epoch: moment.getTime() / 1000, checkedAt: moment });
  });

  it("binds this login by row-level security", () => expect(assertRowSecurityBinds()).resolves.toBeUndefined());
  it("agrees with schema.prisma", async () => expect(await driftFromSchema(process.env.DATABASE_URL!)).toBe(""));
});
