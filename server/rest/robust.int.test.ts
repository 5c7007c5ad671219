import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { askRest, endpointOf, type RestRequest } from "../../tests/harness/rest";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { endpoints } from "./index";

/** A hundred find what breaks on most input; F9's thousand are asked for by `INPUTS=1000`. */
const INPUTS_A_VERB = Number(process.env.INPUTS ?? 100);

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
// Every input is to be looked at, and none refused for being one too many.
process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
process.env.RATE_LIMIT_COSTLY_PER_MINUTE = "1000000";

beforeAll(async () => {
  await connect(ada, aws, "123456789012");
  await workAll();
});

const awkward = fc.oneof(
  fc.constantFrom("", "0", "-1", "1e9", "NaN", "null", "ec2", "2", "DAILY", "123456789012", "us-east-1", "my-stack"),
  fc.constantFrom("\u0000", "a\u0000b", "\ud800", "%00", "../..", "' or 1=1 --", "{}", "[]", "x".repeat(3000)),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.nat().map(String),
);
const json = fc.oneof(awkward, fc.jsonValue({ maxDepth: 2 }));

/** Requests that begin like the endpoint's own, with any of it replaced, left out or added to. */
function requestsFor(id: string): fc.Arbitrary<RestRequest> {
  const { params, query, body } = endpointOf(id);
  const some = <T>(keys: string[], value: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
  const keys = (schema: typeof query, extra: string[]) => [...Object.keys(schema?.shape ?? {}), ...extra];
  return fc.record({
    params: fc.record(Object.fromEntries(keys(params, []).map((key) => [key, awkward]))),
    query: fc.oneof({ weight: 4, arbitrary: some(keys(query, []), awkward) }, some(["stray"], awkward)),
    body: fc.oneof(
      {
        weight: 6,
        arbitrary: mixed(keys(body, []), endpointOf(id).example.body as Record<string, string> | undefined),
      },
      some(keys(body, ["stray"]), json),
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    ),
  });
}

/** The documented body with one field in three made awkward. */
function mixed(keys: string[], example: Record<string, string> = {}) {
  const field = (key: string) => fc.oneof({ weight: 2, arbitrary: fc.constant(example[key]) }, json);
  return fc.record(Object.fromEntries(keys.map((key) => [key, field(key)])), { requiredKeys: [] });
}

describe.each(endpoints.map(({ id, method, path }) => [`${method} ${path}`, id]))("%s", (_name, id) => {
  it("fails on our side for no input", { timeout: 300_000 }, async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(requestsFor(id), async (request) => {
        const { status, success } = await askRest(ada, id, request);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect(status).toBeLessThan(500);
        expect(success).toBe(status < 300);
      }),
      { numRuns: INPUTS_A_VERB },
    );
    expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(INPUTS_A_VERB);
    expect(statuses.get(400)).toBeGreaterThan(0);
  });
});
