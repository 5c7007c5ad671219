import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import * as apiHealth from "../../app/api/health/route";
import * as health from "../../app/health/route";
import { useSimulatedAws } from "../../tests/harness/aws";
import { useDatabase } from "../../tests/harness/database";
import { askRest, endpointOf, requestOf, type RestRequest } from "../../tests/harness/rest";
import { connect, person, workAll } from "../../tests/harness/tenants";
import type { RoomContext } from "../context";
import { metrics } from "../metrics";
import { spend } from "../rate-limit";
import { answer } from "./answer";
import type { Endpoint } from "./endpoint";
import { endpoints } from "./index";
import { openApiDocument } from "./openapi";

process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "200";
useDatabase();
const aws = useSimulatedAws();
const ada = person("user_ada");
const eve = person("user_eve");
const document = openApiDocument("https://cloudguard.example.com");
const PRODUCTION = "123456789012";
const STAGING = "200000000002";
/** Has connected nothing, so that the examples can connect. */
const bob = person("user_bob");
let accountId = "";
let foreignId = "";

beforeAll(async () => {
  ({ accountId } = await connect(ada, aws, PRODUCTION));
  ({ accountId: foreignId } = await connect(eve, aws, STAGING));
  await workAll();
});

interface Row {
  /** What in the example's request only exists once it is made. */
  with?: () => Promise<RestRequest>;
  as?: RoomContext;
  /** A request with something wrong, and the field that the answer must name. */
  bad: [RestRequest, field: string];
  /** Requests for what is not there, or is somebody else's; "names nothing" where no request can name a thing. */
  missing: (() => RestRequest[]) | "names nothing";
  /** It makes AWS work, and has the smaller allowance too. */
  costs?: true;
}

const stray: Row["bad"] = [{ query: { stray: "1" } }, "stray"];
const notAnId: Row["bad"] = [{ params: { id: "a b" } }, "id"];
const missingIds = () => [{ params: { id: foreignId } }, { params: { id: "cm0random" } }];
const connection = { accountId: STAGING, roleArn: "x", externalId: "test-external-id-123" };
const detection = { accountId: PRODUCTION, stackName: "my-stack", region: "us-east-1" };

const table: Record<string, Row> = {
  issueExternalId: { as: bob, bad: [{ body: { accountId: "12" } }, "accountId"], missing: "names nothing" },
  // An ExternalId that is not there is bad input, which says how to get one.
  connectAws: {
    ...{ as: bob, with: issuedExternalId, bad: [{ body: connection }, "externalId"], costs: true },
    missing: "names nothing",
  },
  listAccounts: { bad: stray, missing: "names nothing" },
  getAccount: { with: () => Promise.resolve({ params: { id: accountId } }), bad: notAnId, missing: missingIds },
  deleteAccount: {
    with: async () => ({ params: { id: (await connect(ada, aws, "400000000004")).accountId } }),
    bad: notAnId,
    missing: missingIds,
  },
  countResources: { bad: stray, missing: "names nothing" },
  listResources: { bad: [{ query: { limit: 101 } }, "limit"], missing: "names nothing" },
  listStacks: {
    bad: [{ query: { accountId: "12" } }, "accountId"],
    missing: () => [{ query: { accountId: STAGING } }, { query: { accountId: "999999999999" } }],
  },
  triggerDrift: {
    costs: true,
    bad: [{ body: { ...detection, region: "here" } }, "region"],
    missing: () => [
      { body: { ...detection, accountId: STAGING } },
      { body: { ...detection, accountId: "999999999999" } },
      { body: { ...detection, stackName: "no-such-stack" } },
    ],
  },
  getDriftJob: { with: triggeredJob, bad: notAnId, missing: missingIds },
  costSummary: {
    bad: [{ query: { days: 0 } }, "days"],
    missing: () => [{ query: { service: "Amazon Teapot" } }],
  },
  costTrends: { bad: [{ query: { granularity: "HOURLY" } }, "granularity"], missing: "names nothing" },
};

it("has a row for every endpoint", () => {
  expect(Object.keys(table).sort()).toEqual(endpoints.map(({ id }) => id).sort());
});

describe.each(endpoints.map(({ id, method, path }) => [`${method} ${path}`, id]))("%s", (_name, id) => {
  const endpoint = endpointOf(id);
  const row = table[id]!;

  it("answers its example with its status, the documented shape and a request id", async () => {
    const answered = await askRest(row.as ?? ada, id, await exampleOf(id));
    expect(answered).toMatchObject({ status: endpoint.status, success: true });
    expect(strictly(endpoint.data).safeParse(answered.data).error).toBeUndefined();
    expect(answered.message).toBe(endpoint.message);
    expect(answered.headers.get("x-request-id")).toMatch(/^req_/);
    expect(answered.headers.get("cache-control")).toBe("no-store");
    expect(Number(answered.headers.get("ratelimit-remaining"))).toBeGreaterThanOrEqual(0);
    expect(headersOf(endpoint, endpoint.status)).toContain("RateLimit-Limit");
    for (const name of headersOf(endpoint, endpoint.status)) expect(answered.headers.get(name), name).toBeTruthy();
  });

  it("refuses bad input with 400 and the field's name", async () => {
    const [request, field] = row.bad;
    const refused = await askRest(ada, id, request);
    expect(refused).toMatchObject({ status: 400, success: false, error: { code: "BAD_REQUEST" } });
    expect(refused.error!.fields).toHaveProperty([field]);
  });

  it("refuses whoever is not signed in with 401, whatever they send", async () => {
    const before = await refusals();
    for (const request of [endpoint.example as RestRequest, row.bad[0]]) {
      const refused = await askRest(null, id, request);
      expect(refused).toMatchObject({ status: 401, success: false, error: { code: "UNAUTHORIZED" } });
      expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect(await refusals()).toBe(before + 2);
  });

  it("asks nobody who is there without a bearer token, so that no cookie opens it", async () => {
    const request = requestOf(endpoint, {});
    request.headers.delete("authorization");
    request.headers.set("cookie", "__session=verified");
    const asked = () => expect.unreachable("should not have asked");
    expect((await answer(endpoint, request, {}, asked)).status).toBe(401);
  });

  const { missing } = row;
  if (missing === "names nothing")
    it("documents no 404, as it names nothing that could be missing", () => {
      expect(endpoint.errors ?? []).not.toContain("NOT_FOUND");
      expect(endpoint.params).toBeUndefined();
    });
  else
    it("gives one and the same 404 for another tenant's id and a random one", async () => {
      const answers = await Promise.all(missing().map((request) => askRest(ada, id, request)));
      for (const one of answers) expect(one).toMatchObject({ status: 404, error: { code: "NOT_FOUND" } });
      expect(new Set(answers.map(({ error }) => error?.message)).size).toBe(1);
    });

  it("refuses whoever has used up an allowance with 429 and Retry-After, whatever they send", async () => {
    const busy = await whoUsedUp("requests", 200, id);
    const answers = [askRest(busy, id, endpoint.example as RestRequest), askRest(busy, id, row.bad[0])];
    if (row.costs) answers.push(askRest(await whoUsedUp("costly", 10, id), id, endpoint.example as RestRequest));
    for (const refused of await Promise.all(answers)) {
      expect(refused).toMatchObject({ status: 429, success: false, error: { code: "TOO_MANY_REQUESTS" } });
      expect(refused.error!.message).toMatch(/more than \d+ requests a minute/);
      expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
      expect(refused.headers.get("ratelimit-remaining")).toBe("0");
      for (const name of headersOf(endpoint, 429)) expect(refused.headers.get(name), name).toBeTruthy();
    }
  });
});

describe.each([
  ["/health", health],
  ["/api/health", apiHealth],
])("GET %s", (_path, { GET, POST }) => {
  const ask = (method: "GET" | "POST", init: { query?: string; headers?: Record<string, string> } = {}) =>
    (method === "GET" ? GET : POST)(
      new Request(`http://localhost/health${init.query ?? ""}`, { method, headers: init.headers }),
      { params: Promise.resolve(undefined) },
    );

  it("answers anybody, whatever they send and however often, with its own shape and no envelope", async () => {
    const strangers = [{}, { query: "?stray=1" }, { headers: { authorization: "Bearer forged" } }];
    const answers = await Promise.all(Array.from({ length: 300 }, (_, i) => ask("GET", strangers[i % 3])));
    for (const one of answers) {
      expect([one.status, await one.json()]).toEqual([200, { status: "ok", database: "ok" }]);
      expect(one.headers.get("x-request-id")).toMatch(/^req_/);
    }
  });

  it("has no other verb", async () => {
    expect((await ask("POST")).status).toBe(405);
  });
});

/** The headers that the document promises of an answer. */
function headersOf({ path, method }: Endpoint, status: number): string[] {
  const operation = document.paths![path]![method.toLowerCase() as "get"]!;
  const given = operation.responses![String(status)]!;
  const shared = "$ref" in given ? document.components!.responses![given.$ref.split("/").at(-1)!]! : given;
  return Object.keys((shared as { headers?: object }).headers ?? {});
}

/** Somebody who has just used up a minute's allowance. */
async function whoUsedUp(allowance: "requests" | "costly", limit: number, name: string): Promise<RoomContext> {
  const somebody = person(`user_${allowance}_${name}`);
  await Promise.all(Array.from({ length: limit }, () => spend(allowance, { ...somebody, address: null })));
  return somebody;
}

/** How often this door has refused somebody for want of a token, as Prometheus is told. */
async function refusals(): Promise<number> {
  const { values } = await metrics.authFailures.get();
  return values.find(({ labels }) => labels.door === "rest")?.value ?? 0;
}

/** The documented request, with what exists in place of what is printed. */
async function exampleOf(id: string): Promise<RestRequest> {
  const { params, query, body } = endpointOf(id).example as RestRequest;
  const made = await table[id]!.with?.();
  const merged = body && { ...(body as object), ...(made?.body as object | undefined) };
  return { params: made?.params ?? params, query, body: merged };
}

/** An ExternalId that this API has issued for the example's account, and the account's role made with it. */
async function issuedExternalId(): Promise<RestRequest> {
  const { data } = await askRest(bob, "issueExternalId", { body: { accountId: PRODUCTION } });
  const { externalId } = data as { externalId: string };
  await aws.grantRole({ account: PRODUCTION, externalId });
  return { body: { externalId } };
}

async function triggeredJob(): Promise<RestRequest> {
  const { data } = await askRest(ada, "triggerDrift", { body: detection });
  return { params: { id: (data as { jobId: string }).jobId } };
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
