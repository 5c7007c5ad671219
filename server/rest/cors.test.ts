import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corsHeaders, preflightHeaders } from "./cors";

const home = "https://app.example.com";
const setting = `http://localhost:3000, ${home}/`;

describe("another origin", () => {
  it("may not call where nothing is set", () => {
    for (const allowed of [undefined, "", " , "]) expect(corsHeaders(home, allowed)).toEqual({});
  });

  it("may call where it is listed, and may read the request id", () => {
    const headers = corsHeaders(home, setting);
    expect(headers).toMatchObject({ "Access-Control-Allow-Origin": home, Vary: "Origin" });
    expect(headers["Access-Control-Expose-Headers"]).toContain("X-Request-Id");
  });

  it("may not call where it is not listed, however much it looks like one that is", () => {
    for (const origin of [`${home}.evil.com`, "https://evil.com", "http://app.example.com", "null", null])
      expect(corsHeaders(origin, setting)).toEqual({ Vary: "Origin" });
    fc.assert(
      fc.property(fc.string(), (host) => {
        const origin = `https://${host}`;
        expect(corsHeaders(origin, setting)).not.toHaveProperty("Access-Control-Allow-Origin");
      }),
    );
  });

  it("may never send credentials, with a star least of all", () => {
    for (const allowed of ["*", setting, `*, ${home}`])
      for (const headers of [corsHeaders(home, allowed), preflightHeaders(home, allowed, ["GET"])]) {
        expect(headers["Access-Control-Allow-Origin"]).toBeTruthy();
        expect(headers).not.toHaveProperty("Access-Control-Allow-Credentials");
      }
  });

  it("is told before it calls which verbs and headers it may use", () => {
    expect(preflightHeaders(home, setting, ["GET", "DELETE"])).toMatchObject({
      "Access-Control-Allow-Methods": "GET, DELETE",
      "Access-Control-Allow-Headers": "Authorization, Content-Type",
    });
    expect(preflightHeaders("https://evil.com", setting, ["GET"])).toEqual({ Vary: "Origin" });
  });
});
