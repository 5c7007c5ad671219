import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { claimAccounts, claimScanCells, releaseAccounts, renewScanCells } from "./claim";
import { forTenant, type TenantId } from "./client";

useDatabase();

const tenantId = "org_claims" as TenantId;
const due = new Date(0);

beforeAll(async () => {
  await forTenant(
    tenantId,
    async (tx) => {
      const user = await tx.user.create({ data: { clerkId: tenantId } });
      const asked = { tenantId, name: "n", awsAccountId: "123456789012", region: "eu-west-1" };
      const externalId = await tx.externalId.create({ data: { ...asked, value: "x" } });
      const account = await tx.awsAccount.create({
        data: { ...asked, userId: user.id, roleArn: "arn", externalIdId: externalId.id, syncDueAt: due },
      });
      const run = await tx.syncRun.create({ data: { tenantId, accountId: account.id, trigger: "CONNECT" } });
      const cell = {
        tenantId,
        accountId: account.id,
        syncRunId: run.id,
        region: "eu-west-1",
        state: "QUEUED" as const,
        dueAt: due,
      };
      await tx.scanCell.createMany({
        data: ["AWS::EC2::Instance", "AWS::S3::Bucket"].map((type) => ({ ...cell, type })),
      });
    },
    { clerkUserId: tenantId },
  );
});

describe("leases", () => {
  it("are prolonged for cells that run, and not given anew to one that ended", async () => {
    const [running, ended] = await claimScanCells(10);
    await forTenant(tenantId, async (tx) => {
      await tx.scanCell.update({ where: { id: ended!.id }, data: { state: "OK", dueAt: null, leaseUntil: null } });
      await tx.scanCell.update({ where: { id: running!.id }, data: { leaseUntil: due } });
    });
    await renewScanCells([running!, ended!].map(({ id, fence }) => ({ id, fence })));
    const cells = await forTenant(tenantId, (tx) => tx.scanCell.findMany());
    const leaseOf = (id: string) => cells.find((cell) => cell.id === id)!.leaseUntil;
    expect(leaseOf(ended!.id)).toBeNull();
    expect(leaseOf(running!.id)!.getTime()).toBeGreaterThan(Date.now());
  });

  it("on accounts are handed back, and whoever held one writes nothing more", async () => {
    const [account] = await claimAccounts(10);
    expect(await claimAccounts(10)).toEqual([]);
    await releaseAccounts([account!]);
    const late = await forTenant(tenantId, (tx) =>
      tx.awsAccount.updateMany({ where: { id: account!.id, fence: account!.fence }, data: { name: "late" } }),
    );
    expect(late.count).toBe(0);
    expect(await claimAccounts(10)).toHaveLength(1);
  });
});
