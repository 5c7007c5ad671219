import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../tests/harness/database";
import { call, contextOf } from "../tests/harness/procedures";
import { askRest, endpointOf, requestOf, told } from "../tests/harness/rest";
import { disconnect } from "./db/client";
import { contextFor } from "./request-context";
import { answer } from "./rest/answer";

useDatabase();

const LIMIT = 15;
beforeAll(() => {
  Object.assign(process.env, { RATE_LIMIT_REQUESTS_PER_MINUTE: String(LIMIT / 3), RATE_LIMIT_SHARED_FACTOR: "3" });
});

const from = (address: string) => new Headers({ host: "localhost:3000", "x-forwarded-for": address });
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** A program's request without a token, as its route hands it on. */
async function withoutToken(address: string) {
  const endpoint = endpointOf("listAccounts");
  const request = requestOf(endpoint, {});
  request.headers.delete("authorization");
  request.headers.set("x-forwarded-for", address);
  return told(await answer(endpoint, request, {}, () => expect.unreachable("nobody is asked who is there")));
}

/** One whose token is nobody's. */
async function withWrongToken(address: string) {
  const endpoint = endpointOf("listAccounts");
  return told(
    await answer(endpoint, requestOf(endpoint, {}), {}, () => Promise.resolve(contextFor(null, from(address)))),
  );
}

describe("whoever is not signed in", () => {
  it("has an address's allowance of procedures, and is refused beyond it", async () => {
    const outcomes = await times(40, () => call(contextFor(null, from("203.0.113.1")), "accounts.list", undefined));
    const codes = outcomes.map((outcome) => "code" in outcome && outcome.code);
    expect(codes.filter((code) => code === "UNAUTHORIZED")).toHaveLength(LIMIT);
    expect(codes.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(40 - LIMIT);
  });

  it.each([
    ["without a token", withoutToken, "203.0.113.2"],
    ["with one that is nobody's", withWrongToken, "203.0.113.3"],
  ])("has it of the REST API too, %s", async (_name, ask, address) => {
    const answers = await times(40, () => ask(address));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(LIMIT);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(40 - LIMIT);
    for (const { headers, error } of refused) {
      expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
      expect(headers.get("X-Request-Id")).toBe(error!.requestId);
    }
  });

  it("is counted over both doors, by the network that an IPv6 visitor holds", async () => {
    const outcomes = await times(40, async (index) => {
      const address = `2001:db8::${index + 1}`;
      if (index % 2) return (await withoutToken(address)).error!.code;
      const outcome = await call(contextFor(null, from(address)), "accounts.list", undefined);
      return "code" in outcome ? outcome.code : "";
    });
    expect(outcomes.filter((code) => code === "UNAUTHORIZED")).toHaveLength(LIMIT);
  });

  it("takes nothing of those who are signed in at the same address", async () => {
    await times(40, () => withoutToken("203.0.113.4"));
    const context = contextOf("user_colleague", { headers: { "x-forwarded-for": "203.0.113.4" } });
    expect(await call(context, "accounts.list", undefined)).toEqual({ data: [] });
  });

  it("is told to sign in, and no more, where no address is known or the database does not answer", async () => {
    const statuses = await times(40, async () => (await askRest(null, "listAccounts")).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const url = process.env.DATABASE_URL;
    await disconnect();
    process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nothing";
    expect((await withoutToken("203.0.113.5")).status).toBe(401);
    await disconnect();
    process.env.DATABASE_URL = url;
  });
});
