import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { person } from "../../tests/harness/tenants";
import { forTenant } from "../db/client";
import { resourceListInput, sortKeys } from "./filter";
import { listResources } from "./lists";

useDatabase();
const ada = person("user_ada");
const bob = person("user_bob");

const resources: { name: string; tags: object | null; state?: string; goneAt?: Date }[] = [
  { name: "prod-web-1", tags: { Team: "web", Env: "prod" }, state: "in-use" },
  { name: "prod-db-1", tags: { Team: "data" } },
  { name: "webdb", tags: {}, goneAt: new Date("2026-11-20T08:00:00Z") },
  { name: "Über_straße", tags: { Team: "" } },
  { name: "100%", tags: null },
  { name: "a\\b", tags: { "a=b": "c" } },
];
/** Where all of them are, and of which type. */
const here = { accountIds: ["user_ada-account"], regions: ["us-east-1"], types: ["AWS::EC2::Volume"] };
/** More than are looked at one by one. */
const MANY = 1_200;

/** An account with a cell that holds the resources above, and many more that are alike. */
async function furnish({ tenantId, clerkUserId }: typeof ada, prefix: string): Promise<void> {
  const of = (name: string) => `${tenantId}-${name}`;
  await forTenant(
    tenantId,
    async (tx) => {
      await tx.user.create({ data: { id: of("user"), clerkId: clerkUserId } });
      const account = { awsAccountId: "123456789012", name: "Production", region: "us-east-1" };
      await tx.externalId.create({ data: { id: of("external"), tenantId, value: of("value"), ...account } });
      await tx.awsAccount.create({
        data: {
          id: of("account"),
          tenantId,
          userId: of("user"),
          roleArn: "arn",
          externalIdId: of("external"),
          ...account,
        },
      });
      const cell = {
        id: of("cell"),
        tenantId,
        accountId: of("account"),
        region: "us-east-1",
        type: "AWS::EC2::Volume",
      };
      await tx.scanCell.create({ data: cell });
      const many = Array.from({ length: MANY }, (_, at) => ({ name: `many-${at}`, tags: { Kind: "many" } }));
      await tx.resource.createMany({
        data: [...resources, ...many].map(({ name, tags, ...other }, at) => ({
          ...{ tenantId, accountId: of("account"), cellId: of("cell"), type: "AWS::EC2::Volume", region: "us-east-1" },
          ...{ nativeId: `vol-${prefix}${at}`, name, sortName: name, facts: {}, config: {}, hash: "" },
          ...(tags && { tags }),
          ...other,
          searchText: `${name} vol-${prefix}${at}`.toLowerCase(),
        })),
      });
      const rollup = { cellId: of("cell"), tenantId, region: "us-east-1" };
      await tx.resourceRollup.createMany({
        data: [
          { ...rollup, state: "in-use", live: 1, gone: 0 },
          { ...rollup, state: "", live: MANY + resources.length - 2, gone: 1 },
        ],
      });
    },
    { clerkUserId },
  );
}

beforeAll(async () => {
  await furnish(ada, "ada");
  await furnish(bob, "bob");
});

const found = async (filter: object, ctx = ada) => {
  const { rows, total } = await listResources(ctx, resourceListInput.parse({ filter }));
  return { names: rows.map(({ name }) => name), total };
};

describe("searching", () => {
  it.each([
    ["any part of a name", { search: "eb-1" }, ["prod-web-1"]],
    ["capitals like small letters", { search: "PROD" }, ["prod-db-1", "prod-web-1"]],
    ["letters beyond ASCII", { search: "über_str" }, ["Über_straße"]],
    ["the words that begin with two letters", { search: "db" }, ["prod-db-1"]],
    ["the words that begin with one letter, after any sign", { search: "s" }, ["Über_straße"]],
    ["LIKE's own signs as themselves", { search: "100%" }, ["100%"]],
    ["a backslash as itself", { search: "a\\b" }, ["a\\b"]],
    ["signs alone", { search: "%" }, ["100%"]],
    ["a tag's value", { tags: ["Team=data"] }, ["prod-db-1"]],
    ["an empty value of a tag, which is one", { tags: ["Team="] }, ["Über_straße"]],
    ["a tag's key", { tags: ["Env"] }, ["prod-web-1"]],
    ["several tags at once", { tags: ["Team=web", "Env"] }, ["prod-web-1"]],
    ["no resource with two values of one tag", { tags: ["Team=web", "Team=data"] }, []],
    ["a tag beside a search", { tags: ["Team"], search: "prod" }, ["prod-db-1", "prod-web-1"]],
    ["what is rare beside what an index does not know", { tags: ["Team=web"], search: "-" }, ["prod-web-1"]],
    ["a sign and the letter after it", { search: "\\b" }, ["a\\b"]],
    ["a search in a place, of a type and a state", { search: "web", ...here, states: ["in-use"] }, ["prod-web-1"]],
    ["a tag in a place, of a type and a state", { tags: ["Team"], ...here, states: ["in-use"] }, ["prod-web-1"]],
    ["what is common in a rare state", { search: "vol-", states: ["in-use"] }, ["prod-web-1"]],
    ["a rare state alone", { states: ["in-use"] }, ["prod-web-1"]],
    ["what is gone alone", { presence: "gone" }, ["webdb"]],
    ["what is gone by a search", { search: "web", presence: "gone" }, ["webdb"]],
    ["what is there and what is gone", { search: "web", presence: "all" }, ["prod-web-1", "webdb"]],
    ["nothing in a state that nothing is in", { search: "vol-", states: ["nothing"] }, []],
    ["nothing of a type that is not there", { tags: ["Team"], types: ["AWS::S3::Bucket"] }, []],
    ["nothing in a region that is not there", { search: "prod", regions: ["eu-west-1"] }, []],
    ["nothing in an account that is not there", { search: "prod", accountIds: ["another"] }, []],
  ])("finds %s", async (_what, filter, names) => {
    expect(await found(filter)).toEqual({ names, total: { count: names.length, isCapped: false } });
  });

  it("walks where more is found than is looked at one by one, and caps the count", async () => {
    const { names, total } = await found({ search: "many", tags: ["Kind=many"] });
    expect(names).toHaveLength(50);
    expect(total).toEqual({ count: 1000, isCapped: true });
  });

  it.each(sortKeys.flatMap((sort) => (["asc", "desc"] as const).map((direction) => [sort, direction] as const)))(
    "walks by %s, %s, from page to page, past nothing",
    async (sort, direction) => {
      const walked: string[] = [];
      let cursor: string | undefined;
      do {
        const filter = { search: "many", tags: ["Kind"], types: here.types };
        const page = await listResources(ada, resourceListInput.parse({ filter, sort, direction, cursor, limit: 100 }));
        walked.push(...page.rows.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      const all = await forTenant(ada.tenantId, (tx) =>
        tx.resource.findMany({
          where: { name: { startsWith: "many" } },
          orderBy: [{ [sort === "name" ? "sortName" : sort]: direction }, { id: direction }],
          select: { id: true },
        }),
      );
      expect(walked).toEqual(all.map(({ id }) => id));
    },
  );

  it("finds nothing of another tenant, nor by asking the function itself", async () => {
    expect(await found({ search: "adaada" })).toEqual({ names: [], total: { count: 0, isCapped: false } });
    expect((await found({ search: "vol-ada0" })).names).toEqual(["prod-web-1"]);
    expect((await found({ search: "vol-ada0" }, bob)).names).toEqual([]);
    // Not joined with the table, whose own policy would hide what the function tells too much.
    const told = await forTenant(
      bob.tenantId,
      (tx) => tx.$queryRaw<{ id: string }[]>`
        select id from matching_resources(array['%vol-%'], null, null, null, null, null, null, null, 'all', 5000) id`,
    );
    const own = await forTenant(bob.tenantId, (tx) => tx.resource.findMany({ select: { id: true } }));
    expect(told.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(told).toHaveLength(MANY + resources.length);
  });
});
