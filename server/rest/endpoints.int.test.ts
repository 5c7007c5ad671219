import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { askRest, endpointOf, requestOf, told, type RestRequest } from "../../tests/harness/rest";
import { connect, person, workAll } from "../../tests/harness/tenants";
import { AppError } from "../errors";
import { answer } from "./answer";
import { endpoints } from "./index";

useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const eve = person("user_eve");
const PRODUCTION = "123456789012";
const STAGING = "200000000002";
let accountId = "";
let foreignId = "";

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, PRODUCTION));
  ({ accountId: foreignId } = await connect(eve, aws, STAGING));
  await workAll();
});

interface Row {
  ok: () => RestRequest | Promise<RestRequest>;
  /** A request with something wrong, and the field that the answer must name. */
  bad: [RestRequest, field: string];
  /** Requests for what is not there, or is somebody else's. */
  missing: () => RestRequest[];
}

const stray: Row["bad"] = [{ query: { stray: "1" } }, "stray"];
const noneMissing = () => [];
const missingAccounts = () => [{ params: { id: foreignId } }, { params: { id: "cm0random" } }];

const table: Record<string, Row> = {
  issueExternalId: {
    ok: () => ({ body: { accountId: STAGING, name: "Staging", region: "us-east-1" } }),
    bad: [{ body: { accountId: "12" } }, "accountId"],
    missing: noneMissing,
  },
  connectAws: {
    ok: () => connectable("300000000003"),
    bad: [{ body: { accountId: STAGING, roleArn: "x", externalId: "test-external-id-123" } }, "externalId"],
    missing: noneMissing,
  },
  listAccounts: { ok: () => ({}), bad: stray, missing: noneMissing },
  getAccount: {
    ok: () => ({ params: { id: accountId } }),
    bad: [{ params: { id: "a b" } }, "id"],
    missing: missingAccounts,
  },
  deleteAccount: {
    ok: async () => ({ params: { id: (await connect(person("user_ada"), aws, "400000000004")).accountId } }),
    bad: [{ params: { id: "a b" } }, "id"],
    missing: missingAccounts,
  },
  countResources: { ok: () => ({}), bad: stray, missing: noneMissing },
  listResources: {
    ok: () => ({ query: { type: "ec2", limit: 10 } }),
    bad: [{ query: { limit: 101 } }, "limit"],
    missing: noneMissing,
  },
};

it("has a row for every endpoint", () => {
  expect(Object.keys(table).sort()).toEqual(endpoints.map(({ id }) => id).sort());
});

describe.each(endpoints.map(({ id, method, path }) => [`${method} ${path}`, id]))("%s", (_name, id) => {
  const endpoint = endpointOf(id);
  const row = table[id]!;

  it("answers with its status, the documented shape and a request id", async () => {
    const answered = await askRest(ada, id, await row.ok());
    expect(answered).toMatchObject({ status: endpoint.status, success: true });
    expect(strictly(endpoint.data).safeParse(answered.data).error).toBeUndefined();
    expect(answered.message).toBe(endpoint.message);
    expect(answered.headers.get("x-request-id")).toMatch(/^req_/);
    expect(answered.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses bad input with 400 and the field's name", async () => {
    const [request, field] = row.bad;
    const refused = await askRest(ada, id, { ...(await onlyPath(row)), ...request });
    expect(refused).toMatchObject({
      status: 400,
      success: false,
      error: { code: "BAD_REQUEST" },
    });
    expect(refused.error!.fields).toHaveProperty([field]);
  });

  it("refuses whoever is not signed in with 401, whatever they send", async () => {
    for (const request of [await onlyPath(row), row.bad[0]]) {
      const refused = await askRest(null, id, request);
      expect(refused).toMatchObject({ status: 401, success: false, error: { code: "UNAUTHORIZED" } });
      expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  it("asks nobody who is there without a bearer token, so that no cookie opens it", async () => {
    const request = requestOf(endpoint, {});
    request.headers.delete("authorization");
    request.headers.set("cookie", "__session=verified");
    const asked = () => expect.unreachable("should not have asked");
    expect((await answer(endpoint, request, {}, asked)).status).toBe(401);
  });

  it("gives one and the same 404 for another tenant's id and a random one", async () => {
    const answers = await Promise.all(row.missing().map((request) => askRest(ada, id, request)));
    for (const one of answers) expect(one).toMatchObject({ status: 404, error: { code: "NOT_FOUND" } });
    expect(new Set(answers.map(({ error }) => error?.message)).size).toBeLessThanOrEqual(1);
  });

  it("passes a limit on as 429 with Retry-After", async () => {
    const limited = () =>
      Promise.reject(new AppError("TOO_MANY_REQUESTS", "Ten a minute. Wait.", { retryAfterSeconds: 12.2 }));
    const refused = await told(await answer(endpoint, requestOf(endpoint, {}), {}, limited));
    expect(refused).toMatchObject({
      status: 429,
      error: { code: "TOO_MANY_REQUESTS", message: "Ten a minute. Wait." },
    });
    expect(refused.headers.get("retry-after")).toBe("13");
  });
});

/** A request that connects: the ExternalId issued by this API, and the account's role made with it. */
async function connectable(account: string): Promise<RestRequest> {
  const { data } = await askRest(ada, "issueExternalId", { body: { accountId: account } });
  const { externalId } = data as { externalId: string };
  const { roleArn } = await aws.grantRole({ account, externalId });
  return { body: { accountId: account, roleArn, externalId, name: "Analytics", region: "us-east-1" } };
}

/** The path's own parameters of a good request, where there are any. */
async function onlyPath(row: Row): Promise<RestRequest> {
  return "params" in row.bad[0] || row.missing().length === 0 ? {} : { params: (await row.ok()).params };
}

/** The schema without room for what it does not name, at any depth: an answer must not say more than is documented. */
function strictly(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject)
    return z.strictObject(
      Object.fromEntries(
        Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, field]) => [key, strictly(field)]),
      ),
    );
  if (schema instanceof z.ZodArray) return z.array(strictly(schema.element as z.ZodType));
  if (schema instanceof z.ZodNullable) return z.nullable(strictly(schema.unwrap() as z.ZodType));
  if (schema instanceof z.ZodOptional) return z.optional(strictly(schema.unwrap() as z.ZodType));
  return schema;
}
