import type { Instrumentation } from "next";
import { newRequestId } from "./context";
import { log } from "./log";

/**
 * Logs what a page or a route did not expect. `digest` is what the person sees of it. Without the address's query, which may hold what
 * only its reader should know.
 */
export const logRequestError: Instrumentation.onRequestError = (error, { path, method }, { routePath, routeType }) => {
  const { digest } = error as { digest?: string };
  const [pathname] = path.split("?");
  const fields = { requestId: newRequestId(), path: pathname, method, route: routePath, routeType, digest };
  log.error({ ...fields, err: error }, "request failed");
};
