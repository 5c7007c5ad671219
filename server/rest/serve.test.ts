import { afterEach, describe, expect, it } from "vitest";
import { told } from "../../tests/harness/rest";
import { deleteAccount, getAccount } from "./accounts";
import { serve, serveNothing } from "./serve";

// The settings are checked, and nothing here needs a database.
process.env.DATABASE_URL ??= "postgresql://nobody@127.0.0.1:1/nothing";
const route = { params: Promise.resolve({ id: "clm1" }) };
const handlers = serve(getAccount, deleteAccount);
const request = (method: string, headers: Record<string, string> = {}) =>
  new Request("http://localhost/api/aws-accounts/clm1", { method, headers });

afterEach(() => {
  delete process.env.ALLOWED_ORIGINS;
});

describe("a path", () => {
  it.each(["POST", "PUT", "PATCH"] as const)("refuses %s with 405 and the verbs that it has", async (verb) => {
    const refused = await told(await handlers[verb](request(verb), route));
    expect(refused).toMatchObject({ status: 405, success: false, error: { code: "METHOD_NOT_SUPPORTED" } });
    expect(refused.headers.get("allow")).toBe("GET, DELETE, HEAD, OPTIONS");
    expect(refused.headers.get("x-request-id")).toBe(refused.error!.requestId);
  });

  it("answers a visitor with 401 and no redirect, whatever a browser says that it accepts", async () => {
    for (const verb of ["GET", "HEAD", "DELETE"] as const) {
      const answer = await handlers[verb](request(verb, { accept: "text/html", "sec-fetch-dest": "document" }), route);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("location")).toBeNull();
    }
  });

  it("answers a preflight of an origin that is allowed, and tells another nothing", async () => {
    process.env.ALLOWED_ORIGINS = "https://app.example.com";
    const preflight = (origin: string) => handlers.OPTIONS(request("OPTIONS", { origin }), route);
    const allowed = await preflight("https://app.example.com");
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-methods")).toBe("GET, DELETE, HEAD");
    expect((await preflight("https://evil.com")).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("lets a page of an allowed origin read a refusal too", async () => {
    process.env.ALLOWED_ORIGINS = "https://app.example.com";
    const answer = await handlers.GET(request("GET", { origin: "https://app.example.com" }), route);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  });

  it("that is not there is a 404 that programs can read", async () => {
    const missing = await told(await serveNothing().POST(request("POST"), route));
    expect(missing).toMatchObject({ status: 404, success: false, error: { code: "NOT_FOUND" } });
  });
});
