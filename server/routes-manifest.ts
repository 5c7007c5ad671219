import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { routesOf, type Route } from "./route-pattern";

interface Manifest {
  routes: Route[];
  /** Those that next.config.mjs gives every answer. */
  headers: { key: string; value: string }[];
}

/** What `next build` wrote of the routes; under `next dev` there is nothing yet, and every route is `other`. */
export function readManifest(): Manifest {
  const file = join(process.cwd(), ".next/routes-manifest.json");
  if (!existsSync(file)) return { routes: [], headers: [] };
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Parameters<typeof routesOf>[0] & {
    headers: { source: string; headers: Manifest["headers"] }[];
  };
  const ofEvery = manifest.headers.filter(({ source }) => source === "/:path*");
  return { routes: routesOf(manifest), headers: ofEvery.flatMap(({ headers }) => headers) };
}
