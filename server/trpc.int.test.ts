import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { useDatabase } from "../tests/harness/database";
import { fits } from "../tests/harness/input-arbitrary";
import { call, contextOf, procedures } from "../tests/harness/procedures";
import { contextFor } from "./request-context";

useDatabase();

const all = procedures();
const sample = (input: (typeof all)[number]["input"]) =>
  input ? fc.sample(fits(input), { numRuns: 1, seed: 7 })[0] : undefined;
const foreign = { origin: "https://evil.example" };
/** What costs is limited by address too: not all of it is asked from one. */
const elsewhere = { "x-forwarded-for": "198.51.100.7" };

describe("every procedure", () => {
  it.each(all)("refuses $path to whoever is not signed in", async ({ path, input }) => {
    const nobody = contextFor(null, new Headers({ host: "localhost:3000", origin: "http://localhost:3000" }));
    expect(await call(nobody, path, sample(input))).toMatchObject({ code: "UNAUTHORIZED" });
  });

  it("is limited to ten a minute where it makes AWS work", () => {
    const working = all.filter(
      ({ path, type }) => type === "mutation" && /\.(connect|(re)?check|sync|trigger|refresh|resume)/.test(path),
    );
    expect(working.filter(({ costs }) => !costs).map(({ path }) => path)).toEqual([]);
    expect(working.length).toBeGreaterThanOrEqual(3);
  });
});

describe("every mutation", () => {
  const mutations = all.filter(({ type }) => type === "mutation");

  it.each(mutations)("refuses $path to a page of another site that rides on the cookie", async ({ path, input }) => {
    const headers = foreign;
    const outcome = await call(contextOf(`user_${path}`, { headers }), path, sample(input));
    expect(outcome).toMatchObject({ code: "FORBIDDEN", message: expect.stringMatching(/another site/) as string });
  });

  it.each(mutations)(
    "lets $path through with a token of its own, which no page of another site has",
    async ({ path }) => {
      const headers = { ...foreign, authorization: "Bearer token" };
      // Past the check of the origin, the empty input is what is refused.
      const outcome = await call(contextOf(`user_${path}`, { headers }), path, { accountId: 1 });
      expect(outcome).toMatchObject({ code: "BAD_REQUEST" });
    },
  );

  it.each(["bearer token", "Basic dXNlcjpwYXNz", "Bearer "])(
    "takes a scheme that Clerk does not read for no token: %j",
    async (authorization) => {
      const headers = { ...foreign, authorization };
      const outcome = await call(contextOf("user_scheme", { headers }), "accounts.pause", { accountId: "x" });
      expect(outcome).toMatchObject({ code: "FORBIDDEN", message: expect.stringMatching(/another site/) as string });
    },
  );

  it("refuses to be told no origin at all", async () => {
    const headers = { origin: "" };
    const outcome = await call(contextOf("user_none", { headers }), "accounts.pause", { accountId: "x" });
    expect(outcome).toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("a member of an organisation", () => {
  const member = { isAdmin: false, tenantId: "org_team" };

  /** All that a member may change. What is not here is an admin's, so that a new mutation is theirs until somebody decides otherwise. */
  const mayChange = [
    ...["accounts.check", "resources.sync", "resources.cancelSync", "cost.refresh", "cost.dismiss", "cost.restore"],
    ...["drift.trigger", "drift.triggerMany", "drift.recheckUnknown", "drift.cancel"],
  ];
  /** What leads to an admin's change, and is of no use without it. */
  const steps = ["accounts.rolePack", "accounts.disconnectPreview", "drift.ignoreRules.preview"];

  it("may sync, check and read, and is told whom to ask for the rest", async () => {
    const open: string[] = [];
    for (const [i, { path, input, type }] of all.entries()) {
      // Who may is asked before what is sent is read.
      const sent = type === "mutation" ? {} : sample(input);
      const outcome = await call(contextOf(`user_member${i}`, member), path, sent);
      if (!("code" in outcome) || outcome.code !== "FORBIDDEN") open.push(path);
      else expect(outcome.message).toMatch(/Only an admin .* Ask one of them/);
    }
    const readable = all.filter(({ type, path }) => type === "query" && !steps.includes(path)).map(({ path }) => path);
    expect(open.sort()).toEqual([...readable, ...mayChange].sort());
  });
});

describe("on Vercel, where no worker runs", () => {
  afterEach(() => void delete process.env.VERCEL);

  it.each(["resources.sync", "cost.refresh"])("the work that %s makes due goes on after its answer", async (path) => {
    process.env.VERCEL = "1";
    // Next itself says what was asked for: there is no response here that anything could come after.
    const context = () => contextOf(`user_vercel_${path}`, { headers: elsewhere });
    const outcome = await call(context(), path, {});
    expect(outcome).toHaveProperty("message", expect.stringMatching(/`after` was called outside a request scope/));
    delete process.env.VERCEL;
    expect(await call(context(), path, {})).toHaveProperty("data");
  });
});

describe("an API key that may only read", () => {
  const key = (path: string) => contextOf(`user_key_${path}`, { mayWrite: false, headers: elsewhere });

  it.each(all)("is refused $path where that changes something, and served where it does not", async (procedure) => {
    // A change is refused whatever it says.
    const input = procedure.type === "mutation" ? {} : sample(procedure.input);
    const outcome = await call(key(procedure.path), procedure.path, input);
    const isRefused = "code" in outcome && outcome.code === "FORBIDDEN" && outcome.message.includes("may only read");
    expect(isRefused).toBe(procedure.type === "mutation");
  });
});

describe("the allowance", () => {
  it("ends after ten calls that cost, with the headers that say when to come again", async () => {
    const outcomes = [];
    for (let i = 0; i < 11; i++) {
      const context = contextOf("user_busy");
      outcomes.push({ ...(await call(context, "resources.sync", {})), headers: context.answer.headers });
    }
    expect(outcomes.slice(0, 10).every((outcome) => "data" in outcome)).toBe(true);
    expect(outcomes[3]!.headers.get("ratelimit-remaining")).toBe("6");
    const refused = outcomes[10]!;
    expect(refused).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await call(contextOf("user_busy"), "accounts.list", undefined)).toHaveProperty("data");
  });

  it("is drawn on once by a request that calls many procedures", async () => {
    const context = contextOf("user_batch");
    for (let i = 0; i < 5; i++) await call(context, "accounts.list", undefined);
    expect(context.answer.headers.get("ratelimit-remaining")).toBe("599");
  });
});
