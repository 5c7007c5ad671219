import { newRequestId } from "../context";
import { health } from "../health";
import { verbs } from "./serve";

/** The handlers of `/health`: no envelope and no sign-in; 503 while the database does not answer. */
export const serveHealth = () =>
  verbs({
    async GET() {
      const { isHealthy, ...body } = await health();
      const headers = { "X-Request-Id": newRequestId(), "Cache-Control": "no-store" };
      return Response.json(body, { status: isHealthy ? 200 : 503, headers });
    },
  });
