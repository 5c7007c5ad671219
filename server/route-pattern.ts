/** Pure. A route of the built application, as Next's routes manifest gives it. */
export interface Route {
  /** `/accounts/[accountId]` */
  page: string;
  regex: string;
}

/**
 * The pattern of a request's path, as metrics are labelled with it. What is no route of ours is `other`, so that nobody can
 * make a series for each path that comes to mind.
 */
export function routePattern(url: string, routes: Route[]): string {
  const path = url.split(/[?#]/, 1)[0]!;
  if (path.startsWith("/_next/")) return "/_next";
  return routes.find(({ regex }) => new RegExp(regex).test(path))?.page ?? "other";
}

/** The routes of Next's `routes-manifest.json`, those without a parameter first, as Next tries them. */
export function routesOf(manifest: { staticRoutes: Route[]; dynamicRoutes: Route[] }): Route[] {
  return [...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page, regex }) => ({ page, regex }));
}
