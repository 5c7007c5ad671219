import { describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { contextOf } from "../../tests/harness/procedures";
import { claimAccounts } from "../db/claim";
import { forTenant, type TenantId } from "../db/client";
import { explain, type Explanation } from "../errors";
import { planSync } from "../resources/plan";
import { createCaller } from "../routers";

process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000";
useDatabase();
const aws = useSimulatedAws();
const tenantId = "user_ada" as TenantId;
const STAGING = "200000000002";

/** The API as a signed-in person's browser calls it. */
const api = () => createCaller(contextOf(tenantId));

/** What whoever asked is told of a refusal. */
async function refusal(asked: Promise<unknown>): Promise<Explanation> {
  try {
    await asked;
  } catch (error) {
    return explain(error, "req_test");
  }
  return expect.unreachable("should have been refused");
}

/** What connecting writes, beside the ExternalId that was issued. */
const written = () =>
  forTenant(tenantId, async (tx) => ({
    accounts: await tx.awsAccount.count(),
    syncRuns: await tx.syncRun.count(),
    costRefreshes: await tx.costRefresh.count(),
    usedIds: await tx.externalId.count({ where: { usedAt: { not: null } } }),
    connected: await tx.auditEvent.count({ where: { action: "accounts.connect" } }),
  }));
const nothing = { accounts: 0, syncRuns: 0, costRefreshes: 0, usedIds: 0, connected: 0 };

describe("an account that is entered wrongly", () => {
  const right = { name: "Staging", awsAccountId: STAGING, region: "us-east-1" };
  it.each([
    ["awsAccountId", "1234", /exactly 12 digits/],
    ["awsAccountId", "12345678901a", /exactly 12 digits/],
    ["awsAccountId", "1234567890123", /exactly 12 digits/],
    ["awsAccountId", "１２３４５６７８９０１２", /exactly 12 digits/],
    ["region", "eu-mars-1", /looks like eu-west-1/],
    ["region", "us-gov-west-1", /looks like eu-west-1/],
    ["region", "Frankfurt", /looks like eu-west-1/],
    ["region", "eu-west", /looks like eu-west-1/],
    ["region", "eu-west-1; drop table", /looks like eu-west-1/],
    ["name", "   ", /Give the account a name/],
    ["name", "x".repeat(101), /at most 100 characters/],
    ["name", "two\u0007bells", /no control characters/],
  ])("is refused at %s: %s", async (field, value, message) => {
    const { status, fields } = await refusal(api().accounts.begin({ ...right, [field]: value }));
    expect(status).toBe(400);
    expect(Object.keys(fields ?? {})).toEqual([field]);
    expect(fields?.[field]).toMatch(message);
    expect(await forTenant(tenantId, (tx) => tx.externalId.count())).toBe(0);
  });
});

describe("a role that cannot be used", () => {
  const begin = () => api().accounts.begin({ name: "Staging", awsAccountId: STAGING, region: "us-east-1" });
  const arn = (roleName: string, account = STAGING) => `arn:aws:iam::${account}:role/${roleName}`;

  it.each([
    ["that is empty", "", /Paste the role's ARN/],
    ["that is no ARN", "CloudGuardMonitoringRole", /not an ARN/],
    ["longer than any", arn(`CloudGuard${"x".repeat(3000)}`), /longer than any role ARN/],
    ["of another partition", "arn:aws-us-gov:iam::200000000002:role/CloudGuardX", /aws-us-gov is not supported/],
    ["of a user", "arn:aws:iam::200000000002:user/ada", /ARN of a user/],
    ["of a session", "arn:aws:sts::200000000002:assumed-role/CloudGuardX/me", /ARN of a session/],
    ["of another account", arn("CloudGuardMonitoringRole", "123456789012"), /belongs to account 123456789012/],
    ["of a role that does not exist", arn("CloudGuardNobody"), /does not exist, or its trust policy/],
  ])("by an ARN %s is refused at its field, and nothing is written", async (_what, roleArn, message) => {
    const { externalIdId } = await begin();
    const { status, fields } = await refusal(api().accounts.connect({ externalIdId, roleArn }));
    expect(status).toBe(400);
    expect(fields?.roleArn).toMatch(message);
    expect(await written()).toEqual(nothing);
  });

  it.each([
    ["trusts somebody else", { principal: "arn:aws:iam::555555555555:root" }, /refused to let CloudGuard assume/],
    ["is open to anybody who knows its ARN", { externalId: undefined }, /without an ExternalId/],
    ["wants another ExternalId", { externalId: "somebody-elses" }, /refused to let CloudGuard assume/],
  ])("because it %s is refused at its field, and nothing is written", async (_what, role, message) => {
    const { externalIdId, externalId } = await begin();
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId, roleName: "CloudGuardBad", ...role });
    const { status, fields, data } = await refusal(api().accounts.connect({ externalIdId, roleArn }));
    expect(status).toBe(400);
    expect(fields?.roleArn).toMatch(message);
    expect(data).toMatchObject({ check: { trust: { fix: expect.stringContaining("sts:ExternalId") as string } } });
    expect(await written()).toEqual(nothing);
  });

  it.each([
    ["cannot be reached", "reset", /AWS could not be asked.*Check again in a few minutes/],
    ["answers nonsense", "truncate", /AWS could not be asked/],
    ["says that CloudGuard's own session has expired", "expired", /Give the CloudGuard server AWS credentials/],
  ])("as AWS %s is told as AWS's trouble and not the role's, and nothing is written", async (_what, kind, message) => {
    const { externalIdId, externalId } = await begin();
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId });
    await aws.fault({ kind, service: "sts" });
    const { status, fields } = await refusal(api().accounts.connect({ externalIdId, roleArn }));
    await aws.clearFaults();
    expect(status).toBe(502);
    expect(fields?.roleArn).toMatch(message);
    expect(await written()).toEqual(nothing);
  });

  it("with a default region that the account has not enabled is refused at it, and nothing is written", async () => {
    const { externalIdId, externalId } = await api().accounts.begin({
      name: "Staging",
      awsAccountId: STAGING,
      region: "eu-south-2",
    });
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId });
    const { status, fields } = await refusal(api().accounts.connect({ externalIdId, roleArn }));
    expect(status).toBe(400);
    expect(fields?.region).toBe("eu-south-2 is not enabled in this account. Choose one that is, such as us-east-1.");
    expect(await written()).toEqual(nothing);
  });

  it("and one that is connected already is refused at both steps, and is written once", async () => {
    const { externalIdId, externalId } = await begin();
    const second = await begin();
    const { roleArn } = await aws.grantRole({ account: STAGING, externalId });
    await api().accounts.connect({ externalIdId, roleArn });
    const again = await refusal(begin());
    expect(again).toMatchObject({
      status: 409,
      fields: { awsAccountId: expect.stringContaining("already connected") as string },
    });
    const twice = await refusal(api().accounts.connect({ externalIdId: second.externalIdId, roleArn }));
    expect(twice).toMatchObject({
      status: 409,
      fields: { roleArn: expect.stringContaining("already connected") as string },
    });
    expect(await written()).toEqual({ accounts: 1, syncRuns: 1, costRefreshes: 1, usedIds: 1, connected: 1 });
  });
});

describe("a list that is asked wrongly", () => {
  it.each([
    ["a cursor of nobody's", { cursor: "x" }, "cursor", /not valid. Start again/],
    ["a search of 10,000 characters", { filter: { search: "x".repeat(10_000) } }, "filter.search", /at most 200/],
    ["an unknown filter", { filter: { colour: "red" } }, "filter.colour", /no such field/],
    ["an unknown order", { sort: "colour" }, "sort", /./],
    ["more rows than a page has", { limit: 101 }, "limit", /./],
  ])("by %s is refused at its field", async (_what, input, field, message) => {
    const { status, fields } = await refusal(api().resources.list(input as never));
    expect(status).toBe(400);
    expect(fields?.[field]).toMatch(message);
  });

  it("and a sync of a region that is none starts nothing, once the regions are known", async () => {
    const [account] = await api().accounts.list();
    for (const claimed of await claimAccounts(1)) await planSync(claimed);
    const before = await written();
    const { status, fields } = await refusal(api().resources.sync({ accountId: account!.id, region: "mars-1" }));
    expect({ status, fields }).toEqual({ status: 400, fields: { region: "This region is not enabled here." } });
    expect(await written()).toEqual(before);
  });

  it("and a default region that the account has not enabled is refused, and the old one stays", async () => {
    const [account] = await api().accounts.list();
    const { status, fields } = await refusal(api().accounts.update({ accountId: account!.id, region: "eu-south-2" }));
    expect({ status, fields: Object.keys(fields ?? {}) }).toEqual({ status: 400, fields: ["region"] });
    expect((await api().accounts.list())[0]!.region).toBe("us-east-1");
  });
});
