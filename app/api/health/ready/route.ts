import { readiness } from "@/server/health";

export const dynamic = "force-dynamic";

export const GET = async () => {
  const { isReady, ...body } = await readiness();
  return Response.json(body, { status: isReady ? 200 : 503 });
};
