import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { eventually } from "../../tests/harness/processes";
import { connect, person } from "../../tests/harness/tenants";
import { callsSent } from "../aws/limiter";
import { dropCredentials } from "../aws/session";
import { claimAccounts } from "../db/claim";
import { forTenant } from "../db/client";
import type { AppError } from "../errors";
import { resourceById } from "../resources/lists";
import { planSync } from "../resources/plan";
import { scanDueCells } from "../resources/scan";
import { cancelSync, requestSync } from "../resources/service";
import { accountById, listAccounts } from "./queries";
import { disconnectAccount, previewDisconnect } from "./disconnect";
import {
  beginConnection,
  connectAccount,
  pauseAccount,
  recheckAccount,
  resumeAccount,
  rolePack,
  updateAccount,
} from "./service";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const bob = person("user_bob");
const PRODUCTION = "123456789012";
const STAGING = "200000000002";

const begin = (awsAccountId: string) => beginConnection(ada, { name: "Staging", awsAccountId, region: "us-east-1" });
const failing = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable("should have been refused"),
    (error: unknown) => error as AppError,
  );

describe("connecting", () => {
  it("refuses a role that works without the ExternalId, and says how to fix it", async () => {
    const { externalIdId } = await begin(STAGING);
    const { roleArn } = await aws.grantRole({ account: STAGING, roleName: "CloudGuardOpen" });
    const error = await failing(connectAccount(ada, { externalIdId, roleArn }));
    expect(error.code).toBe("BAD_REQUEST");
    expect(error.details.fields?.roleArn).toMatch(/ExternalId/);
    expect(await listAccounts(ada)).toEqual([]);
  });

  it("refuses a role that does not trust us or does not exist, and writes nothing", async () => {
    const { externalIdId } = await begin(STAGING);
    const error = await failing(
      connectAccount(ada, { externalIdId, roleArn: `arn:aws:iam::${STAGING}:role/CloudGuardNobody` }),
    );
    expect(error.details.fields?.roleArn).toBeTruthy();
    expect(await forTenant(ada.tenantId, (tx) => tx.awsAccount.count())).toBe(0);
  });

  it.each([
    ["not an ARN", /ARN/],
    ["arn:aws-cn:iam::200000000002:role/CloudGuardX", /partition|aws-cn/i],
    ["arn:aws:iam::123456789012:role/CloudGuardMonitoringRole", /123456789012/],
    ["arn:aws:iam::200000000002:role/Monitoring", /must begin with CloudGuard/],
  ])("refuses %s at the field", async (roleArn, message) => {
    const { externalIdId } = await begin(STAGING);
    expect((await failing(connectAccount(ada, { externalIdId, roleArn }))).details.fields?.roleArn).toMatch(message);
  });

  it("says that AWS could not be reached, which is no refusal", async () => {
    const { externalIdId, externalId } = await begin(STAGING);
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId });
    await aws.fault({ kind: "reset", service: "sts" });
    const error = await failing(connectAccount(ada, { externalIdId, roleArn }));
    await aws.clearFaults();
    expect(error.code).toBe("BAD_GATEWAY");
  });

  it("issues an ExternalId of its own to each, and a pack with four ways to make the role", async () => {
    const [first, second] = [await begin(STAGING), await begin(STAGING)];
    expect(first.externalId).not.toBe(second.externalId);
    const pack = await rolePack(ada, first);
    for (const way of [pack.template, pack.cli, pack.terraform, pack.trustPolicy])
      expect(way).toContain(first.externalId.slice(0, 11));
    expect(pack.policies.map(({ feature }) => feature)).toEqual(["inventory", "drift", "billing"]);
    expect(pack.quickCreateUrl).toBeNull();
    expect(pack.quickCreateReason).toBeTruthy();
  });

  it("connects a right role, and not twice", async () => {
    const { check } = await connect(ada, aws, PRODUCTION);
    expect(check.trust).toMatchObject({
      withIssuedId: "accepted",
      withoutId: "refused",
      withWrongId: "refused",
      callerAccount: PRODUCTION,
      problem: null,
    });
    expect((await failing(connect(ada, aws, PRODUCTION))).code).toBe("CONFLICT");
  });

  it("makes no call to a paused account, not even a check of its role", async () => {
    const accountId = (await listAccounts(ada))[0]!.id;
    await pauseAccount(ada, { accountId });
    await aws.forgetCalls();
    expect(await failing(recheckAccount(ada, { accountId }))).toMatchObject({
      code: "CONFLICT",
      message: "This account is paused. Resume it, then check its role.",
    });
    expect(await aws.calls()).toEqual([]);
    await resumeAccount(ada, { accountId });
  });
});

describe("two tenants", () => {
  it("may connect one account each, and get NOT_FOUND for each other's ids, like for random ones", async () => {
    const { accountId } = await connect(bob, aws, PRODUCTION)
      .catch(() => ({ accountId: "" }))
      .then((connected) => connected);
    const theirs = accountId || (await listAccounts(bob))[0]!.id;
    const calls = (id: string) => [
      accountById(ada, { accountId: id }),
      recheckAccount(ada, { accountId: id }),
      updateAccount(ada, { accountId: id, name: "taken" }),
      pauseAccount(ada, { accountId: id }),
      resumeAccount(ada, { accountId: id }),
      previewDisconnect(ada, { accountId: id }),
      disconnectAccount(ada, { accountId: id, confirm: PRODUCTION }),
      requestSync(ada, { accountId: id }),
      rolePack(ada, { externalIdId: id }),
      connectAccount(ada, { externalIdId: id, roleArn: "x" }),
      cancelSync(ada, { runId: id }),
      resourceById(ada, { resourceId: id }),
    ];
    const told = async (id: string) =>
      Promise.all(
        calls(id).map(async (call) => {
          const { code, message } = await failing(call);
          return { code, message };
        }),
      );
    const foreign = await told(theirs);
    expect(foreign.every(({ code }) => code === "NOT_FOUND")).toBe(true);
    expect(foreign).toEqual(await told("random"));
    expect((await accountById(bob, { accountId: theirs })).name).toBe(`Account ${PRODUCTION}`);
  });
});

describe("disconnecting", () => {
  it("asks for the account number, deletes everything, and proves it", async () => {
    const [account] = await listAccounts(ada);
    expect(
      (await failing(disconnectAccount(ada, { accountId: account!.id, confirm: "no" }))).details.fields?.confirm,
    ).toBeTruthy();
    const asked = { accountId: account!.id, confirm: PRODUCTION };
    const clicks = await Promise.allSettled(Array.from({ length: 8 }, () => disconnectAccount(ada, asked)));
    const [receipt, ...more] = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value] : []));
    expect(more).toEqual([]);
    for (const click of clicks)
      if (click.status === "rejected") expect(click.reason).toMatchObject({ code: "NOT_FOUND" });
    expect(receipt!.remaining).toEqual({
      ...{ accounts: 0, resources: 0, scanCells: 0, syncRuns: 0, detections: 0, costRows: 0 },
    });
    expect(receipt).toMatchObject({ credentialsDropped: true, externalIdRetired: true });
    expect(await listAccounts(ada)).toEqual([]);
  });
});

describe("a sync that runs", () => {
  it.each([
    ["paused", (accountId: string) => pauseAccount(ada, { accountId })],
    ["disconnected", (accountId: string) => disconnectAccount(ada, { accountId, confirm: STAGING })],
  ])("makes no further call in an account that is %s meanwhile, and opens no session of it", async (_what, letGo) => {
    const [before] = await listAccounts(ada);
    if (before) await resumeAccount(ada, { accountId: before.id });
    const accountId = before?.id ?? (await connect(ada, aws, STAGING)).accountId;
    const { roleArn } = await accountById(ada, { accountId });
    await planSync((await claimAccounts(20)).find(({ id }) => id === accountId)!);
    await aws.fault({ kind: "latency", account: STAGING, latencyMs: 500 });
    const sent = () => callsSent().get(STAGING) ?? 0;
    const atFirst = sent();
    const scanning = scanDueCells({ deadline: performance.now() + 60_000, signal: new AbortController().signal });
    await eventually("the sync has called AWS", () => sent() > atFirst + 10);
    await letGo(accountId);
    const atLast = sent();
    await scanning;
    expect(sent()).toBe(atLast);
    expect(dropCredentials(roleArn)).toBe(0);
  });
});
