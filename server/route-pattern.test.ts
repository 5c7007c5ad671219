import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routePattern, routesOf } from "./route-pattern";

const routes = routesOf({
  staticRoutes: [
    { page: "/", regex: "^/(?:/)?$" },
    { page: "/accounts/new", regex: "^/accounts/new(?:/)?$" },
  ],
  dynamicRoutes: [{ page: "/accounts/[accountId]", regex: "^/accounts/([^/]+?)(?:/)?$" }],
});

describe("a route's pattern", () => {
  it.each([
    ["/", "/"],
    ["/?tab=2", "/"],
    ["/accounts/new", "/accounts/new"],
    ["/accounts/cm3k2?tab=cells", "/accounts/[accountId]"],
    ["/_next/static/chunks/1.js", "/_next"],
    ["/wp-login.php", "other"],
  ])("of %s is %s", (url, pattern) => expect(routePattern(url, routes)).toBe(pattern));

  it("is one of the routes, whatever somebody asks for", () => {
    const known = new Set([...routes.map(({ page }) => page), "/_next", "other"]);
    fc.assert(fc.property(fc.string(), (path) => known.has(routePattern(`/${path}`, routes))));
  });
});
