import { z } from "zod";
import { adminRoutes, AdminError, type AdminParts } from "./admin-routes";
import { consolePage } from "./console";
import { roleRoutes } from "./role-routes";
import type { WireRequest, WireResponse } from "./wire/sim";

/**
 * What AWS does not have: the truth to compare with, the ledger of calls, faults, roles by request, and the console's page.
 * The answer is undefined where the request is AWS's.
 */
export function adminEndpoints(parts: AdminParts): (request: WireRequest) => WireResponse | undefined {
  const routes = { ...adminRoutes(parts), ...roleRoutes(parts) };
  return ({ method, path, query, body }) => {
    if (path === "/console" || path.startsWith("/console/"))
      return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: consolePage() };
    if (!path.startsWith("/_sim/")) return undefined;
    const [, , name, id] = path.split("/");
    const route = routes[`${method} ${name}`];
    if (!route) return json(404, { message: `There is no ${method} ${path}.` });
    try {
      return json(200, route({ id, query, read: (shape) => shape.parse(JSON.parse(body.toString("utf8"))) }));
    } catch (error) {
      if (error instanceof AdminError) return json(error.status, { message: error.message });
      if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) });
      if (error instanceof SyntaxError) return json(400, { message: "The body is not JSON." });
      throw error;
    }
  };
}

function json(status: number, value: unknown): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
