import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownOrigins, shownOrigin } from "./own-origin";

const at = (headers: Record<string, string>) => new Headers(headers);

describe("ownOrigins", () => {
  it("is the configured address alone, whatever host a request claims", () => {
    const headers = at({ host: "evil.example", "x-forwarded-proto": "https" });
    expect(ownOrigins(headers, "https://cloudguard.example.com/app")).toEqual(["https://cloudguard.example.com"]);
  });

  it("adds the name that is open on this machine", () => {
    expect(ownOrigins(at({ host: "localhost:3999" }), "https://cloudguard.example.com")).toEqual([
      "https://cloudguard.example.com",
      "http://localhost:3999",
    ]);
  });

  it("is the shown address where none is configured", () => {
    const headers = at({
      host: "10.0.0.4:3000",
      "x-forwarded-host": "cloud.example",
      "x-forwarded-proto": "https,http",
    });
    expect(ownOrigins(headers, undefined)).toEqual(["https://cloud.example"]);
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
