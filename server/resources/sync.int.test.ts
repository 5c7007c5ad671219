import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { accountById, listAccounts } from "../accounts/queries";
import { forTenant } from "../db/client";
import { listResources } from "./lists";
import { facets, overview } from "./overview";
import { cancelSync, requestSync } from "./service";
import { resourceListInput } from "./filter";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");

const PRODUCTION = "123456789012";
const DATA = "300000000003";

/** What the resource list says of an account, by type and region, for the whole set. */
async function listed(accountId: string) {
  const rows = await forTenant(ada.tenantId, (tx) =>
    tx.resource.findMany({ where: { accountId, goneAt: null }, select: { type: true, region: true } }),
  );
  const counts: Record<string, Record<string, number>> = {};
  for (const { type, region } of rows) {
    const types = (counts[region] ??= {});
    types[type] = (types[type] ?? 0) + 1;
  }
  return counts;
}

describe("a first sync", () => {
  let production: string;
  beforeAll(async () => {
    production = (await connect(ada, aws, PRODUCTION)).accountId;
    await workAll();
  });

  it("finds exactly what there is, in every region and of every type", async () => {
    const { accounts } = await aws.truth();
    const there = accounts.find(({ account }) => account === PRODUCTION)!;
    expect(await listed(production)).toEqual(there.byRegionAndType);
    expect((await overview(ada, { accountIds: [production] })).total).toBe(there.total);
    expect(
      (await facets(ada, { accountIds: [production] })).regions.map(({ region, count }) => [region, count]).sort(),
    ).toEqual(Object.entries(there.byRegion).sort());
  });

  it("ends with a run that says so", async () => {
    const { runs, status, completeness } = await accountById(ada, { accountId: production });
    expect(runs).toMatchObject([{ state: "COMPLETE", trigger: "CONNECT", cellsFailed: 0 }]);
    expect(status).toBe("connected");
    expect(completeness).toMatchObject({ cellsFailing: 0, isStale: false, gaps: [] });
  });

  it("stores no secret of a Lambda function's environment", async () => {
    const stored = await forTenant(ada.tenantId, (tx) =>
      tx.resource.findMany({ where: { type: "AWS::Lambda::Function" } }),
    );
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain("canary-");
  });

  it("fills tags in from one sweep a region, not from a call per item", async () => {
    const functions = await forTenant(ada.tenantId, (tx) =>
      tx.resource.findMany({ where: { type: "AWS::Lambda::Function" }, select: { tags: true } }),
    );
    expect(functions.some(({ tags }) => tags && Object.keys(tags).length > 0)).toBe(true);
    expect((await aws.calls()).filter(({ operation }) => operation === "ListTags")).toEqual([]);
  });

  it("writes nothing at all when nothing has changed", async () => {
    const before = await forTenant(
      ada.tenantId,
      (tx) => tx.$queryRaw`select id, xmin::text from "Resource" order by id`,
    );
    await requestSync(ada, { accountId: production });
    await workAll();
    expect(
      await forTenant(ada.tenantId, (tx) => tx.$queryRaw`select id, xmin::text from "Resource" order by id`),
    ).toEqual(before);
  });

  it("joins a running sync instead of starting another", async () => {
    const [first] = await requestSync(ada, { accountId: production });
    const [second] = await requestSync(ada, { accountId: production });
    expect(second!.runId).toBe(first!.runId);
    expect(await cancelSync(ada, { runId: first!.runId })).toMatchObject({ state: "CANCELLED" });
  });

  it("refuses a region that is not enabled, at that field, and begins nothing", async () => {
    const before = (await accountById(ada, { accountId: production })).runs;
    for (const accountId of [production, undefined])
      await expect(requestSync(ada, { accountId, region: "ap-east-1" })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: expect.stringMatching(/^ap-east-1 is not enabled in /) as string,
        details: { fields: { region: "This region is not enabled here." } },
      });
    expect((await accountById(ada, { accountId: production })).runs).toEqual(before);
  });

  it("shows what went as gone, with when", async () => {
    const page = await listResources(
      ada,
      resourceListInput.parse({ filter: { types: ["AWS::EC2::Instance"], accountIds: [production] } }),
    );
    const victim = page.rows[0]!;
    expect(await aws.terminate({ account: PRODUCTION, region: victim.region, instanceId: victim.nativeId })).toEqual({
      removed: 1,
    });
    await requestSync(ada, { accountId: production, region: victim.region });
    await workAll();
    const gone = await listResources(ada, resourceListInput.parse({ filter: { presence: "gone" } }));
    expect(gone.rows.map(({ id }) => id)).toEqual([victim.id]);
    expect(gone.rows[0]!.goneAt).toBeInstanceOf(Date);
    expect(gone.total).toEqual({ count: 1, isCapped: false });
  });

  it("declares nothing gone where AWS did not answer, and says what is stale", async () => {
    const before = await listed(production);
    await aws.fault({ kind: "denied", service: "lambda" });
    await aws.fault({ kind: "denied", service: "dynamodb", by: "organization" });
    await aws.fault({ kind: "reset", service: "rds", times: 3 });
    await requestSync(ada, { accountId: production });
    await workAll();
    await aws.clearFaults();
    expect(await listed(production)).toEqual(before);
    const { status, completeness, runs } = await accountById(ada, { accountId: production });
    expect(status).toBe("limited");
    expect(completeness.isStale).toBe(true);
    const tables = resourceListInput.parse({
      filter: { types: ["AWS::DynamoDB::Table", "AWS::EC2::Volume"] },
      limit: 100,
    });
    for (const { type, isStale } of (await listResources(ada, tables)).rows)
      expect(isStale).toBe(type === "AWS::DynamoDB::Table");
    expect(runs[0]!.state).toBe("PARTIAL");
    const gaps = completeness.gaps.toSorted((a, b) => String(a.type).localeCompare(String(b.type)));
    expect(gaps).toMatchObject([
      { kind: "denied", type: "AWS::DynamoDB::Table", statement: null, refusedBy: "service control policy" },
      { kind: "denied", type: "AWS::Lambda::Function", refusedBy: null },
    ]);
    expect(gaps[1]!.statement).toContain("lambda:ListFunctions");
  });
});

describe("an account whose role may not read RDS", () => {
  it("is limited, names the action, and shows no zero for what it could not read", async () => {
    const { accountId, check } = await connect(ada, aws, DATA, { lacks: ["rds:Describe*"] });
    const probes = check.features.flatMap(({ probes }) => probes);
    expect(probes.find(({ action }) => action === "rds:DescribeDBInstances")).toMatchObject({ result: "denied" });
    await workAll();
    const { types } = await overview(ada, { accountIds: [accountId] });
    expect(types.find(({ type }) => type === "AWS::RDS::DBInstance")).toMatchObject({ count: null, isPartial: true });
    const account = (await listAccounts(ada)).find(({ id }) => id === accountId)!;
    expect(account.status).toBe("limited");
    expect(account.completeness.gaps.map(({ action }) => action).sort()).toEqual([
      "rds:DescribeDBClusters",
      "rds:DescribeDBInstances",
    ]);
  });
});
