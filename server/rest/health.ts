import { newRequestId } from "../context";
import { healthForAnybody, readinessForAnybody } from "../health";
import { verbs } from "./verbs";

/** The handlers of `/health`: no envelope and no sign-in; 503 while the database does not answer. */
export const serveHealth = () =>
  verbs(
    {
      async GET() {
        const { isHealthy, ...body } = await healthForAnybody();
        return answerOf(body, isHealthy ? 200 : 503);
      },
    },
    { cors: true },
  );

/** The handlers of `/api/health/live`: the process answers. A liveness probe may ask no more, or a database's outage would restart every replica. */
export const serveLiveness = () => verbs({ GET: () => Promise.resolve(answerOf({ status: "alive" }, 200)) });

/** The handlers of `/api/health/ready`: 503 while no request should come to this process. */
export const serveReadiness = () =>
  verbs({
    async GET() {
      const { isReady, ...body } = await readinessForAnybody();
      return answerOf(body, isReady ? 200 : 503);
    },
  });

function answerOf(body: object, status: number): Response {
  return Response.json(body, { status, headers: { "X-Request-Id": newRequestId(), "Cache-Control": "no-store" } });
}
