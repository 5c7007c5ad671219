import { beforeAll, describe, expect, it, vi } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { askRest, type RestRequest } from "../../tests/harness/rest";
import { asSuperuser, furnishEveryTable, tenantTables } from "../../tests/harness/synthetic-rows";
import { person } from "../../tests/harness/tenants";
import { endpoints } from "./index";

vi.setConfig({ hookTimeout: 240_000 });
process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000000";
useDatabase();
useSimulatedAws();

const ada = person("user_ada");
/** The account numbers of whose rows are made up below. */
const numbers = { own: "111111111111", deleted: "222222222222", foreign: "333333333333" };
type Mark = keyof typeof numbers;

/** What of another tenant, of what was deleted, and of nobody stands in a field of this name; null where it is no id. */
const valuesOf: Record<string, (() => string[]) | null> = {
  id: () => [...rowIds, "cm0000000000000000random0"],
  accountId: () => [numbers.foreign, numbers.deleted, "999999999999"],
  externalId: () => [...named("ExternalId value"), "cloudguard-0000000000000000000000000000000000000000"],
  stackName: () => [...named("Resource name"), "no-such-stack"],
  service: () => [...named("CostEntry service"), "Amazon Teapot"],
  ...{ roleArn: null, name: null, region: null }, // of the caller's own AWS account, or the caller's own words
  ...{ page: null, limit: null, type: null, cursor: null, days: null, granularity: null },
};
const named = (what: string) => [`${what} foreign`, `${what} deleted`];

/** What such a value is answered with, and what else the request must say to get as far. */
const answered: Record<string, [status: number, rest?: object]> = {
  // An account may be connected by two tenants: who else has it shows to neither.
  "issueExternalId accountId": [201],
  "connectAws accountId": [400, { externalId: "ExternalId value own" }],
  "connectAws externalId": [400, { accountId: numbers.own }],
  "getAccount id": [404],
  "deleteAccount id": [404],
  "listStacks accountId": [404],
  "triggerDrift accountId": [404],
  "triggerDrift stackName": [404, { accountId: numbers.own }],
  "getDriftJob id": [404],
  "costSummary service": [404],
};

let rowIds: string[] = [];
beforeAll(async () => {
  const deleted = await furnished("user_ada", "deleted");
  const deletions = (await tenantTables()).map(({ name }) => `delete from "${name}" where "tenantId" = 'user_ada'`);
  await asSuperuser(`set session_replication_role = replica; ${deletions.join(";")}`);
  const foreign = await furnished("user_eve", "foreign");
  await furnished("user_ada", "own");
  rowIds = [...foreign, ...deleted].map((id) => id.replaceAll(" ", "_"));
});

/** A row in every table of a tenant, the account's and the ExternalId's with numbers as AWS's are. */
async function furnished(tenantId: string, mark: Mark): Promise<string[]> {
  const ids = await furnishEveryTable(tenantId, mark);
  const renumbered = ["AwsAccount", "ExternalId"].map(
    (table) => `update "${table}" set "awsAccountId" = '${numbers[mark]}' where "tenantId" = '${tenantId}'`,
  );
  await asSuperuser(renumbered.join(";"));
  return ids;
}

const fields = endpoints.flatMap(({ id, params, query, body, example }) =>
  Object.entries({ params, query, body }).flatMap(([place, schema]) =>
    Object.keys(schema?.shape ?? {}).map((field) => ({ id, place, field, example: example as RestRequest })),
  ),
);
const idFields = fields.filter(({ field }) => valuesOf[field] !== null);

describe("an id of another tenant, a deleted one and a random one", () => {
  it("are known as such in every field of every endpoint", () => {
    expect(fields.filter(({ field }) => !(field in valuesOf))).toEqual([]);
    expect(idFields.map(({ id, field }) => `${id} ${field}`).sort()).toEqual(Object.keys(answered).sort());
  });

  it.each(idFields)("are one to $id in $field, byte for byte", async ({ id, place, field, example }) => {
    const [status, rest] = answered[`${id} ${field}`]!;
    const told = async (value: string) => {
      const given = {
        ...example,
        [place]: { ...(example[place as keyof RestRequest] as object), ...rest, [field]: value },
      };
      const { headers, ...answer } = await askRest(ada, id, given);
      expect(answer.status, value).toBe(status);
      expect(headers.get("x-request-id")).toMatch(/^req_/);
      return JSON.stringify(answer)
        .replaceAll(value, "the id")
        .replaceAll(/req_\w+|cloudguard-[0-9a-f]{40}/g, "fresh");
    };
    const values = valuesOf[field]!();
    const random = await told(values.at(-1)!);
    for (const value of values) expect(await told(value), value).toBe(random);
  });
});
