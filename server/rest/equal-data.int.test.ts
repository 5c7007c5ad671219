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
  pagination: { page: number; total: number; totalPages: number; nextCursor: string | null };
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

describe("pages", () => {
  it("go on by the cursor from where a numbered page ended", async () => {
    const [one, two] = [
      await rest<Listed>("listResources", { limit: 5 }),
      await rest<Listed>("listResources", { limit: 5, page: 2 }),
    ];
    const next = await rest<Listed>("listResources", { limit: 5, cursor: one.pagination.nextCursor });
    expect(next.resources).toEqual(two.resources);
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
