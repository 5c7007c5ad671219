import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownOrigins, shownOrigin } from "./own-origin";

const at = (headers: Record<string, string>) => new Headers(headers);
const production = { appUrl: "https://cloudguard.example.com/app", isLocal: false };
const local = { appUrl: "http://localhost:3000", isLocal: true };

describe("ownOrigins", () => {
  it.each<Record<string, string>>([
    { host: "evil.example", "x-forwarded-proto": "https" },
    { host: "cloudguard.example.com", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    { host: "cloudguard.example.com", "x-forwarded-host": "localhost:3000" },
    { host: "127.0.0.1:3000" },
    { host: "[::1]:3000" },
  ])("is the configured address alone, whatever a request claims: %j", (headers) => {
    expect(ownOrigins(at(headers), production)).toEqual(["https://cloudguard.example.com"]);
  });

  it("with the local stand-in has the name of this machine that is opened", () => {
    expect(ownOrigins(at({ host: "127.0.0.1:3999" }), local)).toEqual([
      "http://127.0.0.1:3999",
      "http://localhost:3000",
    ]);
    expect(ownOrigins(at({ host: "evil.example" }), local)).toEqual(["http://localhost:3000"]);
  });

  it("is never nothing, which would be taken for any", () => {
    for (const appUrl of [undefined, ""])
      expect(() => ownOrigins(at({ host: "localhost:3000" }), { appUrl, isLocal: true })).toThrow("APP_URL is missing");
  });
});

describe("shownOrigin", () => {
  it("is an origin for any header at all", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)) }),
        (host) => {
          expect(new URL(shownOrigin(at({ host }))).origin).toBe(shownOrigin(at({ host })));
        },
      ),
    );
  });
});
