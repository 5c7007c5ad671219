import { describe, expect, it } from "vitest";
import { AppError } from "../errors";
import { told } from "../../tests/harness/rest";
import { verbs, type Verb } from "./verbs";

const route = { params: Promise.resolve(undefined) };
const ask = (handlers: ReturnType<typeof verbs>, method: Verb) =>
  handlers[method](new Request("http://localhost/x", { method }), route);

describe("a route's verbs", () => {
  it("that it lacks are 405, with those that it has and a request id", async () => {
    const handlers = verbs({ GET: () => Promise.resolve(new Response("it")) });
    for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
      const { status, headers, error } = await told(await ask(handlers, method));
      expect([status, error!.code, headers.get("allow")]).toEqual([405, "METHOD_NOT_SUPPORTED", "GET, HEAD, OPTIONS"]);
      expect(headers.get("x-request-id")).toBe(error!.requestId);
    }
    expect(await (await ask(handlers, "GET")).text()).toBe("it");
    const options = await ask(handlers, "OPTIONS");
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(options.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("that fail tell the request id, and nothing of what went wrong", async () => {
    const handlers = verbs({ GET: () => Promise.reject(new Error("password authentication failed for cloudguard")) });
    const { status, headers, error } = await told(await ask(handlers, "GET"));
    expect([status, error!.code]).toEqual([500, "INTERNAL"]);
    expect(headers.get("x-request-id")).toBe(error!.requestId);
    expect(error!.message).toContain(error!.requestId);
    expect(error!.message).not.toContain("password");
  });

  it("that refuse say why, and when to ask again", async () => {
    const refused = new AppError("TOO_MANY_REQUESTS", "Too many.", { retryAfterSeconds: 7 });
    const { status, headers, error } = await told(await ask(verbs({ GET: () => Promise.reject(refused) }), "GET"));
    expect([status, error!.message, headers.get("retry-after")]).toEqual([429, "Too many.", "7"]);
  });
});
