import { beforeEach, describe, expect, it } from "vitest";
import { sizedWorld } from "../../demo/aws/world";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { checkAccount } from "../accounts/connection-check";
import { disconnectAccount } from "../accounts/disconnect";
import { accountById } from "../accounts/queries";
import { dropCredentials } from "../aws/session";
import { claimAccounts } from "../db/claim";
import { forTenant } from "../db/client";
import { resourceById } from "./lists";
import { facets, overview } from "./overview";
import { planSync } from "./plan";
import { requestSync } from "./service";

const ACCOUNT = "500000000000";
const world = () => sizedWorld({ accounts: 1, regions: 2, resources: 60 });
let current = world();
const aws = useSimulatedAws({ world: () => (current = world()) });
useDatabase();
const ada = person("user_ada");
let accountId: string;

/** A newly connected account, of which nothing was read yet. */
beforeEach(async () => {
  if (accountId) await disconnectAccount(ada, { accountId, confirm: ACCOUNT });
  await aws.reset();
  ({ accountId } = await connect(ada, aws, ACCOUNT));
});

const dueNow = (data: object) => forTenant(ada.tenantId, (tx) => tx.awsAccount.updateMany({ data }));
const syncNow = async () => {
  await requestSync(ada, { accountId });
  await workAll();
};

/** Whoever asks for the role from now on is refused. */
async function shutOut(): Promise<void> {
  await aws.grantRole({ account: ACCOUNT, externalId: "somebody-elses" });
  dropCredentials(`arn:aws:iam::${ACCOUNT}:role/CloudGuardMonitoringRole`);
}

describe("an account that was not planned yet", () => {
  it("is counted as waiting, and no figure passes for whole or for zero", async () => {
    const { completeness, total } = await overview(ada, {});
    expect(completeness).toMatchObject({ cellsTotal: 0, accountsWaiting: 1, accountsFailing: 0, gaps: [] });
    expect(total).toBeNull();
    const { accounts, types } = await facets(ada, {});
    expect(accounts).toMatchObject([{ count: null, isComplete: false }]);
    expect(types.every(({ count, isComplete }) => count === null && !isComplete)).toBe(true);
  });
});

describe("an account whose role lets nobody in any more", () => {
  it("is a gap, and its figures are stale and not whole", async () => {
    await workAll();
    await shutOut();
    await syncNow();
    const { completeness, accounts, types, total } = await overview(ada, {});
    expect(completeness).toMatchObject({ accountsFailing: 1, isStale: true });
    expect(completeness.gaps).toMatchObject([{ subject: "account", type: null, kind: "untrusted", regions: [] }]);
    expect(completeness.gaps[0]!.lastSuccessAt).toBeInstanceOf(Date);
    expect(accounts).toMatchObject([{ status: "error", completeness: { accountsFailing: 1 } }]);
    expect(types.every(({ isPartial }) => isPartial)).toBe(true);
    expect(total).toBe((await aws.truth()).accounts[0]!.total);
  });

  it("ends the scans that waited, and they say so", async () => {
    for (const account of await claimAccounts(1)) await planSync(account);
    await shutOut();
    await dueNow({ syncDueAt: new Date(0) });
    for (const account of await claimAccounts(1)) await planSync(account);
    const { cells, runs } = await accountById(ada, { accountId });
    expect(runs[0]).toMatchObject({ state: "FAILED" });
    expect(new Set(cells.map(({ state }) => state))).toEqual(new Set(["IDLE"]));
  });
});

describe("an account whose tags may not be read", () => {
  it("is limited, says so once, and its resources say why they have no tags", async () => {
    await aws.fault({ kind: "denied", service: "tagging" });
    await workAll();
    const { status, statusReason, completeness } = await accountById(ada, { accountId });
    expect({ status, statusReason }).toEqual({ status: "limited", statusReason: "Could not read tags." });
    expect(completeness).toMatchObject({ cellsFailing: 0, isStale: false });
    expect(completeness.gaps).toMatchObject([{ subject: "tags", type: null, action: "tag:GetResources" }]);
    expect(completeness.gaps[0]!.statement).toContain("tag:GetResources");
    const resource = await forTenant(ada.tenantId, (tx) =>
      tx.resource.findFirstOrThrow({ where: { type: "AWS::Lambda::Function" } }),
    );
    const { cell, tags } = await resourceById(ada, { resourceId: resource.id });
    expect({ tags, why: cell.tagFailure?.kind }).toEqual({ tags: null, why: "denied" });
  });
});

describe("a region that was disabled", () => {
  it("is told as such where something was found, and forgotten where nothing was", async () => {
    await workAll();
    const account = current.accounts.get(ACCOUNT)!;
    const [gone] = account.enabledRegions.filter((region) => region !== "us-east-1");
    account.enabledRegions = account.enabledRegions.filter((region) => region !== gone);
    await syncNow();
    const { cells, completeness, status } = await accountById(ada, { accountId });
    const there = cells.filter(({ region }) => region === gone);
    expect(there.length).toBeGreaterThan(0);
    for (const { state, failure, resourceCount } of there) {
      expect({ state, kind: failure?.kind }).toEqual({ state: "FAILED", kind: "notEnabled" });
      expect(resourceCount).toBeGreaterThan(0);
    }
    // A bucket that lies there is still listed; only its tags are out of reach.
    const regions = completeness.gaps.filter(({ subject }) => subject !== "tags");
    expect(regions).toMatchObject([{ subject: "region", kind: "notEnabled", type: null, regions: [gone] }]);
    expect(status).toBe("limited");
    account.enabledRegions.push(gone!);
    await syncNow();
    expect(await accountById(ada, { accountId })).toMatchObject({ status: "connected", completeness: { gaps: [] } });
  });
});

describe("a sync of a region that the account turns out not to have", () => {
  it("fails, and does not stay", async () => {
    await forTenant(ada.tenantId, (tx) => tx.syncRun.deleteMany());
    await requestSync(ada, { accountId, region: "mars-1" });
    await workAll();
    const { runs } = await accountById(ada, { accountId });
    expect(runs).toMatchObject([
      { region: "mars-1", state: "FAILED", failure: "mars-1 is not enabled in this account." },
    ]);
  });
});

describe("the daily check", () => {
  const check = async () => {
    await dueNow({ checkDueAt: new Date(0), leaseUntil: null });
    for (const account of await claimAccounts(1)) await checkAccount(account);
    return forTenant(ada.tenantId, (tx) => tx.awsAccount.findFirstOrThrow());
  };

  it("keeps the table that it has while STS does not answer, and asks again within minutes", async () => {
    const before = await accountById(ada, { accountId });
    await aws.fault({ kind: "reset", service: "sts" });
    const { checkDueAt } = await check();
    const after = await accountById(ada, { accountId });
    expect(after.check).toEqual(before.check);
    expect(after.checkedAt).toEqual(before.checkedAt);
    expect(checkDueAt!.getTime() - Date.now()).toBeLessThan(20 * 60_000);
  });

  it("makes the account an error where the role has come to let in anybody", async () => {
    await aws.grantRole({ account: ACCOUNT });
    await check();
    const { status, statusReason } = await accountById(ada, { accountId });
    expect(status).toBe("error");
    expect(statusReason).toMatch(/can be assumed without an ExternalId/);
  });
});
