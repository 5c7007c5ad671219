import { newRequestId } from "@/server/context";

export const dynamic = "force-dynamic";

/** The process answers: all that a liveness probe may ask, or a database's outage would restart every replica. */
export const GET = () => Response.json({ status: "alive" }, { headers: { "X-Request-Id": newRequestId() } });
