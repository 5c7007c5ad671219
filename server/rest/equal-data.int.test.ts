import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { askRest } from "../../tests/harness/rest";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { contextFor } from "../request-context";
import { DEEPEST_ROW } from "../resources/lists";
import { shortNames, typesOf } from "../resources/short-names";
import { createCaller } from "../routers";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const api = () =>
  createCaller(contextFor({ ...ada, isAdmin: true, mayWrite: true }, new Headers({ authorization: "Bearer x" })));
const rest = async <T>(id: string, query?: object) =>
  (await askRest(ada, id, { query: query as Record<string, unknown> })).data as T;

interface Listed {
  resources: {
    id: string;
    name: string | null;
    region: string;
    accountId: string;
    tags: object | null;
    facts: object;
  }[];
  pagination: { page: number | null; total: number; totalPages: number; nextCursor: string | null };
}

beforeAll(async () => {
  await connect(ada, aws, "123456789012", { lacks: ["rds:Describe*"] });
  await connect(ada, aws, "200000000002");
  await workAll();
});

describe("what programs are told is what people are shown", () => {
  it("of accounts", async () => {
    const { accounts } = await rest<{ accounts: { id: string; resourceCount: number | null }[] }>("listAccounts");
    const shown = await api().accounts.list();
    expect(accounts.map(({ id, resourceCount }) => [id, resourceCount])).toEqual(
      shown.map(({ id, resourceCount }) => [id, resourceCount]),
    );
  });

  it("of counts, for every type", async () => {
    const { completeness } = await rest<{ completeness: { type: string; count: number | null }[] }>("countResources");
    const { types } = await api().resources.overview({});
    for (const { type, count } of completeness) {
      const shown = types.filter((one) => typesOf(type).includes(one.type)).flatMap((one) => one.count ?? []);
      expect(count, type).toBe(shown.reduce((sum, one) => sum + one, 0));
    }
  });

  it.each(shortNames)("of %s, page by page", async (type) => {
    const listed: Listed["resources"] = [];
    for (let page = 1, totalPages = 1; page <= totalPages; page++) {
      const answer = await rest<Listed>("listResources", { type, page, limit: 7 });
      ({ totalPages } = answer.pagination);
      listed.push(...answer.resources);
      expect(answer.pagination.total).toBe(
        (await api().resources.list({ filter: { types: typesOf(type) } })).total.count,
      );
    }
    const shown = [];
    for (let cursor: string | undefined; ;) {
      const page = await api().resources.list({ filter: { types: typesOf(type) }, limit: 100, cursor });
      shown.push(...page.rows);
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(
      listed.map(({ id, name, region, accountId, tags, facts }) => [id, name, region, accountId, tags, facts]),
    ).toEqual(shown.map((row) => [row.nativeId, row.name, row.region, row.awsAccountId, row.tags, row.facts]));
  });
});

describe("what programs are told of drift and cost is what people are shown", () => {
  it("of stacks and their verdicts", async () => {
    const { stacks, total } = await rest<{ stacks: Record<string, unknown>[]; total: number }>("listStacks");
    const order = { sort: "name" as const, direction: "asc" as const, isFolded: false, limit: 100 };
    const shown = await api().drift.stacks({ filter: {}, ...order });
    expect(total).toBe(shown.total);
    expect(total).toBeGreaterThan(0);
    expect(
      stacks.map(({ id, stackId, accountId, status, driftStatus, verdict, tags }) => [
        ...[id, stackId, accountId, status, driftStatus, verdict, tags],
      ]),
    ).toEqual(
      shown.rows.map((row) => [
        ...[row.id, row.stackId, row.awsAccountId, row.status, row.drift.status, row.drift.verdict, row.tags],
      ]),
    );
  });

  it("of a detection, whoever began it", async () => {
    const begun = await api().drift.trigger({
      awsAccountId: "123456789012",
      stackName: "my-stack",
      region: "us-east-1",
    });
    const { data } = await askRest(ada, "getDriftJob", { params: { id: begun.jobId } });
    const shown = await api().drift.job({ jobId: begun.jobId });
    expect(data).toMatchObject({
      ...{ id: shown.jobId, driftDetectionId: shown.driftDetectionId, status: shown.status, message: shown.message },
      ...{ stackName: "my-stack", queuedAt: shown.queuedAt.toISOString(), failureReason: null },
    });
  });

  it("of a detection that the role may not begin: the action, and the statement that grants it", async () => {
    await aws.fault({ kind: "denied", service: "cloudformation", operation: "DetectStackDrift" });
    const body = { accountId: "123456789012", stackName: "orders-service", region: "us-east-1" };
    const { data } = await askRest(ada, "triggerDrift", { body });
    const failed = {
      status: "DETECTION_FAILED",
      failureAction: "cloudformation:DetectStackDrift",
      failureStatement: expect.stringContaining('"Action": "cloudformation:DetectStackDrift"'),
    };
    expect(data).toMatchObject(failed);
    const { jobId } = data as { jobId: string };
    expect((await askRest(ada, "getDriftJob", { params: { id: jobId } })).data).toMatchObject(failed);
  });

  it.each(["DAILY", "MONTHLY"] as const)("of costs, %s", async (granularity) => {
    const told = await rest<{
      totalAmount: string;
      breakdown: { service: string; amount: string }[];
      dailyCosts: { date: string; amount: string | null }[];
    }>("costSummary", { days: 90, granularity });
    const shown = await api().cost.summary({ days: 90, granularity });
    expect(Number(told.totalAmount)).toBeGreaterThan(0);
    expect(told.totalAmount).toBe(shown.total);
    expect(told.breakdown.map(({ service, amount }) => [service, amount])).toEqual(
      shown.services.map(({ label, amount }) => [label, amount]),
    );
    expect(told.dailyCosts.map(({ date, amount }) => [date, amount])).toEqual(
      shown.series.map(({ start, amount }) => [start, amount]),
    );
    // Months are dated by their first day, save the one that the range begins in the middle of.
    expect(told.dailyCosts.slice(1).every(({ date }) => granularity === "DAILY" || date.endsWith("-01"))).toBe(true);
    expect(told.dailyCosts.length).toBe(granularity === "DAILY" ? 90 : new Set(months(90)).size);
  });

  it("of trends and the forecast", async () => {
    const told = await rest<{ current: object; previous: object; forecast: { nextPeriodEstimate: string | null } }>(
      "costTrends",
      { days: 30 },
    );
    const shown = await api().cost.trends({ days: 30 });
    expect([told.current, told.previous]).toMatchObject([
      { amount: shown.current.amount, period: `${shown.current.range.start} to ${shown.current.range.lastDay}` },
      { amount: shown.previous.amount },
    ]);
    const { days } = await api().cost.forecast({ horizonDays: 30 });
    expect(Number(told.forecast.nextPeriodEstimate)).toBeCloseTo(
      days.reduce((sum, { mean }) => sum + Number(mean), 0),
      1,
    );
  });
});

/** The months that the last so many whole UTC days lie in. */
function months(days: number): string[] {
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  return Array.from({ length: days }, (_, i) => new Date(today - (i + 1) * 86_400_000).toISOString().slice(0, 7));
}

describe("pages", () => {
  it("go on by the cursor from where a numbered page ended", async () => {
    const [one, two] = [
      await rest<Listed>("listResources", { limit: 5 }),
      await rest<Listed>("listResources", { limit: 5, page: 2 }),
    ];
    const next = await rest<Listed>("listResources", { limit: 5, cursor: one.pagination.nextCursor });
    expect(next.resources).toEqual(two.resources);
    // A page by cursor has no number: saying 1 would be wrong.
    expect([one, two, next].map(({ pagination }) => pagination.page)).toEqual([1, 2, null]);
  });

  it("are numbered up to a documented depth", async () => {
    const deepest = await askRest(ada, "listResources", { query: { limit: 100, page: DEEPEST_ROW / 100 } });
    expect(deepest).toMatchObject({ status: 200, data: { resources: [] } });
    const beyond = await askRest(ada, "listResources", { query: { limit: 100, page: DEEPEST_ROW / 100 + 1 } });
    expect(beyond.status).toBe(400);
    expect(beyond.error!.fields!.page).toMatch(/cursor/);
  });
});

describe("what was not read", () => {
  it("is null beside the reason, and no zero", async () => {
    const eve = person("user_eve");
    await connect(eve, aws, "300000000003", { lacks: ["rds:Describe*"] });
    const none = await askRest(eve, "countResources");
    expect(none.data).toMatchObject({
      ec2Count: null,
      s3Count: null,
      lambdaCount: null,
      rdsCount: null,
      lastUpdated: null,
    });
    await workAll();
    const read = (await askRest(eve, "countResources")).data as {
      ec2Count: number;
      rdsCount: null;
      lastUpdated: string;
      completeness: { type: string; isComplete: boolean; gaps: { missingAction: string }[] }[];
    };
    expect(read.ec2Count).toBeGreaterThan(0);
    expect(read.rdsCount).toBeNull();
    const rds = read.completeness.find(({ type }) => type === "rds")!;
    expect(rds.isComplete).toBe(false);
    expect(rds.gaps.map(({ missingAction }) => missingAction)).toContain("rds:DescribeDBInstances");
    expect(Date.parse(read.lastUpdated)).not.toBeNaN();
  });
});
