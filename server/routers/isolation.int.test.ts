import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { fits } from "../../tests/harness/input-arbitrary";
import { call, contextOf, procedures, type JsonSchema } from "../../tests/harness/procedures";
import { asSuperuser, furnishEveryTable, tenantTables } from "../../tests/harness/synthetic-rows";

process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000000";
process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
useDatabase();

/** Ids of AWS and of people, and what roles carry, which are no rows' ids; connecting by an ExternalId has tests of its own. */
const notOurs = ["awsAccountId", "clerkUserIds", "externalId"];

interface IdField {
  /** Where in the input: `["filter", "accountIds"]`. */
  at: string[];
  /** In a list, where an id narrows what is found, or as the one thing that is asked for. */
  isList: boolean;
  isRequired: boolean;
}

describe("an id of another tenant, a deleted one and a random one", () => {
  const cases = procedures().flatMap(({ path, input }) =>
    choicesOf(input).flatMap((choice) =>
      idFields(choice).map((field) => ({ path, field, input: choice, name: `${path} ${field.at.join(".")}` })),
    ),
  );

  let ids: string[] = [];
  beforeAll(async () => {
    const deleted = await furnishEveryTable("user_ada", "deleted");
    for (const { name } of await tenantTables())
      await asSuperuser(`set session_replication_role = replica; delete from "${name}" where "tenantId" = 'user_ada'`);
    ids = [...deleted, ...(await furnishEveryTable("user_bob", "foreign"))];
  });

  it("are tried on every procedure that takes one", () => {
    expect(cases.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "accounts.byId accountId",
        "resources.byId resourceId",
        "resources.list filter.accountIds",
        "drift.triggerMany stackIds",
      ]),
    );
  });

  it.each(cases)("are one to $name", async ({ path, field, input }) => {
    const context = contextOf("user_ada");
    const [smallest] = fc.sample(fits(input, []), { numRuns: 1, seed: 7 });
    const answer = async (id: string) =>
      JSON.stringify(await call(context, path, withId(onlyRequired(smallest, input), field, id)), maskTimes);
    const random = await answer("cm000000000000000random00");
    for (const id of ids) expect(await answer(id), id).toBe(random);
    // What is asked for by its id is not there; what a list or a scope is narrowed by may find nothing.
    if (field.isRequired && !field.isList) expect(random).toMatch(/"code":"NOT_FOUND"/);
    else expect(random).not.toMatch(/"code":"INTERNAL/);
  });
});

/** What an input can be, each without a choice left in it. */
function choicesOf(schema: JsonSchema | null): JsonSchema[] {
  if (!schema) return [];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.flatMap(choicesOf);
  return Object.entries(schema.properties ?? {}).reduce<JsonSchema[]>(
    (all, [name, one]) =>
      all.flatMap((whole) =>
        choicesOf(one).map((choice) => ({ ...whole, properties: { ...whole.properties, [name]: choice } })),
      ),
    [schema],
  );
}

function idFields(schema: JsonSchema, at: string[] = [], isRequired = true): IdField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]): IdField[] => {
    const here = isRequired && (schema.required ?? []).includes(name);
    const path = [...at, name];
    if (one.properties) return idFields(one, path, here);
    if (!/Ids?$/.test(name) || notOurs.includes(name) || one.type === "null") return [];
    return [{ at: path, isList: one.type === "array", isRequired: here }];
  });
}

/** The least that the procedure takes, so that what is left out finds everything. */
function onlyRequired(input: unknown, { required = [], properties = {} }: JsonSchema): Record<string, unknown> {
  const given = input as Record<string, unknown>;
  return Object.fromEntries(
    required.map((key) => [key, properties[key]?.properties ? onlyRequired(given[key], properties[key]) : given[key]]),
  );
}

function withId(input: Record<string, unknown>, { at, isList }: IdField, id: string): Record<string, unknown> {
  const [key = "", ...rest] = at;
  const inner = (input[key] ?? {}) as Record<string, unknown>;
  return {
    ...input,
    [key]: rest.length > 0 ? withId(inner, { at: rest, isList, isRequired: true }, id) : isList ? [id] : id,
  };
}

/** Two calls are not made at the same moment. */
function maskTimes(_key: string, value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? "a moment" : value;
}
