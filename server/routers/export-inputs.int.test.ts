import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/harness/database";
import { contextOf } from "../../tests/harness/procedures";
import { furnishEveryTable } from "../../tests/harness/synthetic-rows";
import { contextFor } from "../request-context";
import { exportCosts, exportDrift, exportResources } from "./export";

/** A hundred find what breaks on most input; F9's thousand are asked for by `INPUTS=1000`. */
const INPUTS = Number(process.env.INPUTS ?? 100);
process.env.RATE_LIMIT_REQUESTS_PER_MINUTE = "1000000";
useDatabase();

const awkward = fc.oneof(
  fc.constantFrom("", "0", "-1", "1e9", "NaN", "30", "2026-01-31", "2026-02-30", "9999-12-31", "json", "markdown"),
  fc.constantFrom("AWS::EC2::Instance", "all", "gone", "name", "desc", "us-east-1", "123456789012", "UnblendedCost"),
  fc.constantFrom(
    "\0",
    "a\0b",
    "%00",
    "%_\\",
    "Name=web",
    "=",
    "' or 1=1 --",
    "__proto__",
    "😀".repeat(50),
    "x".repeat(5000),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const keys = {
  resources: ["type", "account", "region", "state", "tag", "presence", "q", "sort", "direction"],
  costs: ["account", "service", "days", "start", "end", "metric"],
  detection: ["detection", "format"],
};
const exported = { resources: exportResources, costs: exportCosts, detection: exportDrift };

describe.each(Object.keys(keys) as (keyof typeof keys)[])("the export of %s", (what) => {
  it(`answers or refuses ${INPUTS} inputs of any kind, and never fails`, { timeout: 600_000 }, async () => {
    const tenant = `user_${what}`;
    const ids = await furnishEveryTable(tenant, what);
    const value = fc.oneof({ weight: 3, arbitrary: awkward }, fc.constantFrom(...ids));
    const pair = fc.tuple(fc.constantFrom(...keys[what], "stray"), value);
    const statuses = new Set<number>();
    for (const pairs of fc.sample(fc.array(pair, { maxLength: 4 }), { numRuns: INPUTS, seed: 20261124 })) {
      const answer = await exported[what](new URLSearchParams(pairs), () => Promise.resolve(contextOf(tenant)));
      expect([answer.status < 500, pairs]).toEqual([true, pairs]);
      await answer.text();
      statuses.add(answer.status);
    }
    expect([...statuses]).toEqual(expect.arrayContaining([what === "detection" ? 404 : 200, 400]));
  });

  it("is refused to whoever is not signed in, and counted beyond an allowance", async () => {
    const from = new Headers({ "x-forwarded-for": "203.0.113.30" });
    const answer = await exported[what](new URLSearchParams(), () => Promise.resolve(contextFor(null, from)));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("ratelimit-remaining")).toMatch(/^\d+$/);
  });
});
