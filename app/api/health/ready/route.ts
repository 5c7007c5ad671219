import { newRequestId } from "@/server/context";
import { readiness } from "@/server/health";

export const dynamic = "force-dynamic";

export const GET = async () => {
  const { isReady, ...body } = await readiness();
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "X-Request-Id": newRequestId() } });
};
